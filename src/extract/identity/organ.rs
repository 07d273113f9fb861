//! Names of organs: where one ends, what it is in full, and its level.

use crate::report::{Kind, Level};

/// Ends of an organ's or a place's name, longest first where one holds another.
const ENDS: [&str; 34] = [
    "人民政府",
    "管理委员会",
    "委员会",
    "管委会",
    "办事处",
    "办公厅",
    "办公室",
    "管理局",
    "监督局",
    "局",
    "厅",
    "委",
    "署",
    "中心",
    "医院",
    "学院",
    "大学",
    "集团",
    "公司",
    "支队",
    "总队",
    "大队",
    "街道",
    "市",
    "县",
    "区",
    "镇",
    "乡",
    "旗",
    "州",
    "省",
    "盟",
    "所",
    "院",
];
/// Zones that a committee governs.
const ZONES: [&str; 12] = [
    "实验区",
    "开发区",
    "高新区",
    "园区",
    "度假区",
    "示范区",
    "保税区",
    "试验区",
    "产业区",
    "管理区",
    "名胜区",
    "合作区",
];
/// Words in front of a name in a sentence that tells of the report.
const LEADS: [&str; 20] = [
    "现向社会公布",
    "向社会公布",
    "现公布",
    "公布",
    "现将",
    "发布",
    "编制",
    "关于",
    "关于印发",
    "附件",
    "标题",
    "首页",
    "年报",
    "年度报告",
    "当前位置",
    "附表",
    "由",
    "结合",
    "根据",
    "按照",
];
/// Words that end like a name and are none.
const NOT_NAMES: [&str; 26] = [
    "我市",
    "全市",
    "本市",
    "各市",
    "我县",
    "全县",
    "本县",
    "各县",
    "我区",
    "全区",
    "本区",
    "各区",
    "我局",
    "本局",
    "我镇",
    "全镇",
    "我省",
    "全省",
    "本省",
    "本机关",
    "各局",
    "我委",
    "我厅",
    "地区",
    "辖区",
    "社区",
];

/// Verbs that stand in front of 市…局 where a report tells of its organs.
const VERBS: [&str; 22] = [
    "组建", "设立", "成立", "撤销", "撤并", "合并", "保留", "开展", "推进", "推动", "指导", "督促",
    "组织", "协调", "配合", "印发", "转发", "召开", "参加", "按照", "根据", "落实",
];

/// Whether a name ends here.
pub(super) fn is_name(text: &str) -> bool {
    let chars = text.chars().count();
    (3..=40).contains(&chars)
        && text.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
        && ENDS.iter().any(|e| text.ends_with(e))
        && !NOT_NAMES.iter().any(|n| text.starts_with(n))
        && !text.starts_with(['各', '省', '该', '其'])
}

/// Cuts off what a sentence says in front of a name.
pub(super) fn cut_lead(text: &str) -> &str {
    let from = LEADS
        .iter()
        .filter_map(|l| text.rfind(l).map(|at| at + l.len()))
        .filter(|from| *from < text.len())
        .max()
        .unwrap_or(0);
    text.get(from..).unwrap_or(text)
}

/// The name in full: a place stands for its government, a zone for its committee.
pub(super) fn in_full(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("管委会") {
        return format!("{stem}管理委员会");
    }
    if ZONES.iter().any(|z| name.ends_with(z)) {
        return format!("{name}管理委员会");
    }
    if name.ends_with("街道") {
        return format!("{name}办事处");
    }
    if name.ends_with(['市', '县', '区', '镇', '乡', '旗', '州', '省', '盟']) {
        return format!("{name}人民政府");
    }
    name.to_owned()
}

/// A government's office signs for the government.
pub(super) fn principal(name: &str) -> &str {
    ["办公室", "办公厅"]
        .into_iter()
        .filter_map(|o| name.strip_suffix(o))
        .find(|n| n.ends_with("人民政府") || n.ends_with("管委会") || n.ends_with("管理委员会"))
        .unwrap_or(name)
}

/// What kind of organ bears the name.
pub(super) fn kind(name: &str) -> Kind {
    let zone = name
        .strip_suffix("管理委员会")
        .is_some_and(|z| ZONES.iter().any(|e| z.ends_with(e)) || z.ends_with("新区"));
    if name.ends_with("人民政府") || name.ends_with("街道办事处") || zone {
        Kind::Government
    } else if ["局", "厅", "委", "委员会", "办公室", "办公厅", "署", "部"]
        .iter()
        .any(|e| name.ends_with(e))
    {
        Kind::Department
    } else {
        Kind::Other
    }
}

/// The level of the government that the name shows; the text tells a county-level city.
pub(super) fn level(name: &str, text: &str) -> Option<Level> {
    let place = name.strip_suffix("人民政府").unwrap_or(name);
    if name.ends_with("街道办事处") || name.ends_with("人民政府") && place.ends_with(['镇', '乡'])
    {
        return Some(Level::Township);
    }
    if ["中华人民共和国", "国务院", "国家"]
        .iter()
        .any(|n| name.starts_with(n))
    {
        return Some(Level::National);
    }
    let cities = place.matches('市').count();
    if ["北京市", "上海市", "天津市", "重庆市"]
        .iter()
        .any(|c| name.starts_with(c))
        && cities == 1
    {
        let rest = place.get("北京市".len()..).unwrap_or("");
        return Some(if rest.contains(['区', '县']) {
            Level::County
        } else {
            Level::Province
        });
    }
    // 自治区 is a province's name, 城区 and 市辖区 are a county's.
    let without = place.replace("自治区", "省").replace("自治州", "州");
    let inner = without.chars().skip(1).collect::<String>();
    if inner.contains(['县', '旗', '区']) {
        return Some(Level::County);
    }
    if cities >= 2 || cities == 1 && text.contains("县级市") {
        return Some(Level::County);
    }
    if cities == 1 || place.ends_with(['州', '盟']) || place.ends_with("地区") {
        return Some(Level::PrefectureCity);
    }
    without.contains('省').then_some(Level::Province)
}

/// The place that the text speaks of as its own: the name with the suffix of 我市, 全县 …
pub(super) fn own_place(text: &str) -> Option<String> {
    let suffix = ['市', '县', '区']
        .into_iter()
        .map(|s| {
            let n: usize = ["我", "全", "本"]
                .iter()
                .map(|p| text.matches(&format!("{p}{s}")).count())
                .sum();
            (n, s)
        })
        .max_by_key(|(n, _)| *n)
        .filter(|(n, _)| *n > 0)
        .map_or('市', |(_, s)| s);
    let mut counts: Vec<(String, usize)> = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == suffix) {
        for length in [2, 3] {
            let Some(name) = at.checked_sub(length).and_then(|from| chars.get(from..=at)) else {
                continue;
            };
            let (stem, _) = name.split_at(length);
            if stem.iter().any(|c| {
                !c.is_alphabetic()
                    || c.is_ascii()
                    || "全我本各的在和与对标级城县市区是为由及到留再不".contains(*c)
            }) {
                continue;
            }
            let name: String = name.iter().collect();
            if VERBS
                .iter()
                .any(|v| name.trim_end_matches(suffix).ends_with(v))
            {
                continue;
            }
            // A name at the start of a clause is a name; behind other words it may be 组建|市…局.
            let before = at.checked_sub(length + 1).and_then(|i| chars.get(i));
            let weight = match before {
                None => 3,
                Some(c) if !c.is_alphabetic() || "在是为和与及对将把由".contains(*c) => 3,
                Some(_) => 1,
            };
            match counts.iter_mut().find(|(n, _)| *n == name) {
                Some((_, n)) => *n += weight,
                None => counts.push((name, weight)),
            }
        }
    }
    let (best, n) = counts
        .iter()
        .filter(|(name, _)| name.chars().count() == 3)
        .max_by_key(|(_, n)| *n)?;
    // The same places under a longer name: it is the whole one.
    let longer = counts.iter().find(|(name, m)| {
        name.chars().count() == 4 && name.ends_with(best.as_str()) && m == n && *n > 2
    });
    (*n >= 2).then(|| longer.map_or(best, |(name, _)| name).clone())
}
