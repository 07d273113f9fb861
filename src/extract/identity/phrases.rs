//! The words that identity is told by, for the one scan: only a piece with `发布日期` in it is asked for
//! a date of publication, only one with `信息公开` for a title.

/// What such reports are about: in every title.
pub const SUBJECTS: [&str; 2] = ["信息公开", "政务公开"];

/// What stands before a date of publication.
pub const PUBLISHED: [&str; 9] = [
    "发布日期",
    "发布时间",
    "公开日期",
    "发文日期",
    "发布于",
    "发表时间",
    "日期:",
    "时间:",
    "公布日期",
];

/// What stands behind every year that is printed.
pub const YEAR: &str = "年";
