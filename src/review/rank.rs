//! Ids, and the order in time that they give: `01930000-…-000000000001` was made before
//! `01930000-…-000000000002` whatever the clocks of their makers said, for no new id is given
//! below the largest that the file holds.

use super::work;

/// A place in time: the milliseconds of an id of ours, else of the time that stands beside it.
pub(super) type Rank<'a> = (u64, &'a str);

pub(super) fn rank<'a>(id: &'a str, at: Option<&jiff::Zoned>) -> Rank<'a> {
    work::step();
    let own = uuid::Uuid::parse_str(id)
        .ok()
        .filter(|u| u.get_version_num() == 7)
        .and_then(|u| u.get_timestamp())
        .map(|t| {
            let (seconds, nanos) = t.to_unix();
            seconds
                .saturating_mul(1000)
                .saturating_add(u64::from(nanos / 1_000_000))
        });
    let foreign = || at.and_then(|z| u64::try_from(z.timestamp().as_millisecond()).ok());
    (own.or_else(foreign).unwrap_or(0), id)
}

pub(super) fn uuid_at(ms: u64, tail: &[u8; 10]) -> String {
    uuid::Builder::from_unix_timestamp_millis(ms, tail)
        .into_uuid()
        .to_string()
}

/// Ids above `floor` that rise: by the clock, or by the floor where the clock is behind it.
pub(super) fn ids_above(floor: Option<Rank<'_>>, count: usize) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(count);
    let mut least = floor.map_or(0, |(ms, _)| ms);
    let floor_id = floor.map_or("", |(_, id)| id).to_owned();
    for _ in 0..count {
        let previous = ids.last().cloned().unwrap_or_else(|| floor_id.clone());
        let fresh = uuid::Uuid::now_v7();
        let text = fresh.to_string();
        let (ms, _) = rank(&text, None);
        if (ms, text.as_str()) > (least, previous.as_str()) {
            least = ms;
            ids.push(text);
            continue;
        }
        // The file is ahead of this clock. The tail of a fresh id is random enough to stay
        // unique; the milliseconds go on from the file's.
        least = least.saturating_add(1);
        let mut tail = [0u8; 10];
        tail.copy_from_slice(fresh.as_bytes().get(6..).unwrap_or(&[0; 10]));
        ids.push(uuid_at(least, &tail));
    }
    ids
}
