//! The organ: from title, signature or body, with its level and kind.

use super::piece::Piece;
use super::place;
use super::title::{Title, is_organ};
use crate::report::{Kind, Level};

/// The organ's full name, simplified.
pub fn organ(titles: &[Title], pieces: &[Piece<'_>], year: Option<u16>) -> Option<String> {
    let of_year = titles
        .iter()
        .filter(|t| year.is_none() || t.year.is_none() || t.year == year);
    let mut named: Vec<(&str, i32)> = of_year
        .filter_map(|t| Some((t.organ.as_deref()?, t.organ_weight)))
        .filter(|(o, _)| !generic(o))
        .collect();
    named.sort_by_key(|(organ, weight)| {
        (std::cmp::Reverse(*weight), std::cmp::Reverse(organ.len()))
    });
    let title = named.first().map(|(o, _)| (*o).to_owned());
    let found = title
        .or_else(|| signature(pieces))
        .or_else(|| stated(pieces))
        .or_else(|| place::own(pieces))?;
    Some(full(&found, pieces))
}

/// Words that stand for the organ and name none.
fn generic(organ: &str) -> bool {
    [
        "全市",
        "全县",
        "全区",
        "我市",
        "我县",
        "我区",
        "我局",
        "本市",
        "本局",
        "政府",
        "人民政府",
        "市政府",
        "县政府",
        "区政府",
        "年度",
        "工作",
        "首页",
    ]
    .contains(&organ)
}

/// The line above the date at the end.
fn signature(pieces: &[Piece<'_>]) -> Option<String> {
    let mut pairs = pieces.iter().zip(pieces.iter().skip(1)).rev();
    pairs.find_map(|(signed, date)| {
        let dated =
            super::date::first(date.text).is_some_and(|d| d.1 == 0 && d.2 == date.text.len());
        let name = signed.text;
        // A government's office signs for it.
        let government = ["办公室", "办公厅"]
            .iter()
            .find_map(|o| name.strip_suffix(o))
            .filter(|n| n.ends_with("政府"));
        (dated && is_organ(name)).then(|| government.unwrap_or(name).to_owned())
    })
}

/// 本报告由…编制, 现将…2014年度政府信息公开, 如有疑问，请与…联系.
fn stated(pieces: &[Piece<'_>]) -> Option<String> {
    const FRAMES: [(&str, &[&str]); 5] = [
        ("现将", &["20", "政府信息公开"]),
        ("本报告由", &["依照", "根据", "按照", "编制", "依据"]),
        ("请与", &["联系"]),
        ("汇总", &["各有关单位", "各单位"]),
        ("请联系", &["(", ",", "。"]),
    ];
    FRAMES.iter().find_map(|(open, closes)| {
        pieces.iter().find_map(|piece| {
            let at = piece.text.find(open)? + open.len();
            let rest = piece.text.get(at..)?;
            let end = closes.iter().filter_map(|c| rest.find(c)).min()?;
            let name = rest
                .get(..end)?
                .trim_end_matches("政府信息公开工作领导小组办公室")
                .trim_end_matches("办公室");
            let name = name.split(['(', ',']).next().unwrap_or(name);
            let named =
                is_organ(name) || name.ends_with(['市', '县', '区', '镇', '乡', '州', '旗', '省']);
            (named && (3..=30).contains(&name.chars().count())).then(|| name.to_owned())
        })
    })
}

/// A place alone stands for its government.
fn full(name: &str, pieces: &[Piece<'_>]) -> String {
    let name = name.trim_start_matches("中共").trim();
    let zone = [
        "开发区",
        "实验区",
        "高新区",
        "示范区",
        "新区",
        "园区",
        "保税区",
        "试验区",
        "度假区",
        "管理区",
        "风景区",
    ];
    if zone.iter().any(|z| name.ends_with(z)) {
        let government = format!("{name}人民政府");
        let has = pieces.iter().any(|p| p.text.contains(&government));
        return if has {
            government
        } else {
            format!("{name}管理委员会")
        };
    }
    if name.ends_with("街道") {
        return format!("{name}办事处");
    }
    if name.ends_with("管委会") {
        return format!("{}管理委员会", name.trim_end_matches("管委会"));
    }
    if let Some(place) = name
        .strip_suffix("政府")
        .filter(|p| p.ends_with(['市', '县', '区', '镇', '乡', '州', '旗', '省']))
    {
        return format!("{place}人民政府");
    }
    if name.ends_with(['市', '县', '区', '镇', '乡', '州', '旗', '省', '盟']) {
        return format!("{name}人民政府");
    }
    name.to_owned()
}

/// Level and kind by the name's parts.
pub fn level_and_kind(organ: &str) -> (Option<Level>, Option<Kind>) {
    let government = ["人民政府", "管理委员会", "街道办事处", "行政公署"]
        .iter()
        .any(|s| organ.ends_with(s))
        && !is_department(organ);
    let kind = if government {
        Kind::Government
    } else if [
        "局",
        "委员会",
        "委",
        "厅",
        "办公室",
        "部",
        "署",
        "队",
        "处",
        "办",
        "院",
        "中心",
        "会",
        "站",
        "所",
    ]
    .iter()
    .any(|s| organ.ends_with(s))
    {
        Kind::Department
    } else {
        Kind::Other
    };
    let place = organ
        .trim_end_matches("人民政府")
        .trim_end_matches("管理委员会")
        .trim_end_matches("办事处");
    (level(place), Some(kind))
}

/// 国有资产监督管理委员会 is a department though it ends like a zone's government.
fn is_department(organ: &str) -> bool {
    organ.ends_with("监督管理委员会")
        || organ.ends_with("城市管理委员会")
        || organ.ends_with("事务管理委员会")
}

fn level(place: &str) -> Option<Level> {
    const MUNICIPALITIES: [&str; 4] = ["北京市", "上海市", "天津市", "重庆市"];
    if place.starts_with("国家")
        || place.starts_with("国务院")
        || place.starts_with("中华人民共和国")
    {
        return Some(Level::National);
    }
    // The last unit of the chain that a department's own name does not swallow.
    let units: [(&str, Level); 14] = [
        ("街道", Level::Township),
        ("镇", Level::Township),
        ("乡", Level::Township),
        ("自治县", Level::County),
        ("县", Level::County),
        ("旗", Level::County),
        ("区", Level::County),
        ("自治州", Level::PrefectureCity),
        ("地区", Level::PrefectureCity),
        ("盟", Level::PrefectureCity),
        ("市", Level::PrefectureCity),
        ("州", Level::PrefectureCity),
        ("自治区", Level::Province),
        ("省", Level::Province),
    ];
    let mut best: Option<(usize, Level)> = None;
    for (unit, level) in units {
        for (at, _) in place.match_indices(unit) {
            let named = place.get(..at).is_some_and(|b| b.chars().count() >= 1);
            let end = at + unit.len();
            let swallowed = place.get(end..).is_some_and(|rest| {
                // 城市管理局, 城乡建设局, 市场监督管理局, 区域…: the unit begins or ends another word.
                rest.starts_with(['场', '域', '政', '容', '民']) && unit.len() == 3
            }) || place.get(..at).is_some_and(|b| {
                unit == "市"
                    && b.ends_with('城')
                    && place.get(end..).is_some_and(|r| r.starts_with('管'))
            }) || unit == "乡"
                && place.get(..at).is_some_and(|b| b.ends_with(['城', '和']));
            if named && !swallowed && best.is_none_or(|(to, _)| end > to) {
                best = Some((end, level));
            }
        }
    }
    let (end, level) = best?;
    let name = place.get(..end)?;
    if MUNICIPALITIES.contains(&name) {
        return Some(Level::Province);
    }
    if name.ends_with("自治区") {
        return Some(Level::Province);
    }
    if level == Level::PrefectureCity && name.ends_with('市') {
        // 某市某市: a city at county level.
        let within =
            name.trim_end_matches('市').contains(['市', '州']) && name.matches('市').count() > 1;
        return Some(if within {
            Level::County
        } else {
            Level::PrefectureCity
        });
    }
    Some(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_kinds() {
        for (organ, level, kind) in [
            ("云溪市人民政府", Level::PrefectureCity, Kind::Government),
            ("云溪市白川区人民政府", Level::County, Kind::Government),
            ("青岚县柳塘镇人民政府", Level::Township, Kind::Government),
            ("青岚县市场监督管理局", Level::County, Kind::Department),
            ("云溪市城市管理局", Level::PrefectureCity, Kind::Department),
            (
                "云溪市住房和城乡建设局",
                Level::PrefectureCity,
                Kind::Department,
            ),
            ("东湖区石桥街道办事处", Level::Township, Kind::Government),
            (
                "云溪市卫生健康委员会",
                Level::PrefectureCity,
                Kind::Department,
            ),
            ("某某综合实验区管理委员会", Level::County, Kind::Government),
        ] {
            assert_eq!(level_and_kind(organ), (Some(level), Some(kind)), "{organ}");
        }
    }
}
