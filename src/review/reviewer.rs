//! Who reviews.

/// The reviewer's name: as asked, `GOUJI_REVIEWER`, the configuration's, git's `user.name`,
/// `$USER`.
pub fn name(asked: Option<&str>, configured: Option<&str>) -> String {
    asked.or(configured).unwrap_or("").to_owned()
}
