//! What stands where a sidecar or its lock should: links, FIFOs, devices, files too large, files
//! of others. Nothing of it is followed, waited for, read or replaced.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::*;
use crate::review::file::{LARGEST, Lock};
use crate::review::sidecar::{Problem, load};
use crate::review::store::perform;

struct Place {
    sheet: Sheet,
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let mut sheet = unbalanced();
        let folder = in_folder(&mut sheet);
        Self { sheet, folder }
    }

    fn sidecar(&self) -> PathBuf {
        sidecar::path(&self.sheet.report.id)
    }

    fn lock(&self) -> PathBuf {
        Lock::path_for(&self.sidecar())
    }

    fn outside(&self) -> PathBuf {
        self.folder.path().join("outside")
    }

    fn write(&self) -> Result<Log, StoreError> {
        let request = field("t3.new.total", Action::Accept);
        let step = ask(&self.sheet, &Log::default(), &[request], &li()).unwrap();
        let operations = [Operation::Apply(step)];
        let done = perform(&self.sheet.report.id, &facts(&self.sheet), &operations)?;
        assert!(done.refused.is_empty());
        Ok(done.log)
    }

    /// Neither read nor written.
    fn is_refused(&self, why: Obstacle) {
        let error = load(&self.sheet.report.id).unwrap_err();
        assert_eq!(error.problem, Problem::Obstacle(why));
        assert_eq!(error.path, self.sidecar());
        let said = error.message(Lang::En);
        assert!(said.contains("a.txt.review.toml"), "{said}");
        assert_eq!(self.write().unwrap_err(), StoreError::Sidecar(error));
        assert!(!self.lock().exists());
    }
}

fn fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_link_is_not_followed() {
    let place = Place::new();
    fs::write(place.outside(), "format = 1\n# not ours\n").unwrap();
    symlink(place.outside(), place.sidecar()).unwrap();
    place.is_refused(Obstacle::Link);
    let outside = fs::read_to_string(place.outside()).unwrap();
    assert_eq!(outside, "format = 1\n# not ours\n");
    // One that leads nowhere is one too, and makes nothing there.
    fs::remove_file(place.outside()).unwrap();
    place.is_refused(Obstacle::Link);
    assert!(!place.outside().exists());
    assert!(fs::symlink_metadata(place.sidecar()).unwrap().is_symlink());
}

#[test]
fn a_fifo_is_not_waited_for() {
    let place = Place::new();
    fifo(&place.sidecar());
    place.is_refused(Obstacle::NotAFile);
}

/// Were it followed, reading it would give nothing and writing would replace the link or worse.
#[test]
fn a_device_is_neither_read_nor_replaced() {
    let place = Place::new();
    symlink("/dev/null", place.sidecar()).unwrap();
    place.is_refused(Obstacle::Link);
    fs::remove_file(place.sidecar()).unwrap();
    fs::create_dir(place.sidecar()).unwrap();
    place.is_refused(Obstacle::NotAFile);
    let (bytes, _) = crate::review::file::read(&place.outside()).unwrap();
    assert_eq!(bytes, None);
    let device = crate::review::file::read(Path::new("/dev/null"));
    assert!(matches!(
        device,
        Err(crate::review::file::Trouble::Obstacle(Obstacle::NotAFile))
    ));
}

#[test]
fn one_that_is_too_large_is_not_read() {
    let place = Place::new();
    // Holes take no place on the disk.
    let file = fs::File::create(place.sidecar()).unwrap();
    file.set_len(LARGEST + 1).unwrap();
    place.is_refused(Obstacle::TooLarge);
    file.set_len(LARGEST).unwrap();
    let error = load(&place.sheet.report.id).unwrap_err();
    assert!(matches!(error.problem, Problem::Syntax(_)), "{error}");
}

#[test]
fn a_lock_that_is_none_is_not_followed() {
    let place = Place::new();
    let refused = |why| {
        let error = place.write().unwrap_err();
        let path = place.lock();
        assert_eq!(error, StoreError::Obstacle { path, why });
        assert!(error.message(Lang::En).contains(".a.txt.review.toml.lock"));
        assert!(!place.sidecar().exists());
    };
    symlink(place.outside(), place.lock()).unwrap();
    refused(Obstacle::Link);
    assert!(!place.outside().exists());
    fs::remove_file(place.lock()).unwrap();
    fifo(&place.lock());
    refused(Obstacle::NotAFile);
    fs::remove_file(place.lock()).unwrap();
    assert_eq!(place.write().unwrap().decisions.len(), 1);
}

/// By its mode: whoever is root could write it all the same.
#[test]
fn one_that_is_read_only_is_not_replaced() {
    let place = Place::new();
    fs::write(place.sidecar(), "# theirs\n").unwrap();
    fs::set_permissions(place.sidecar(), Permissions::from_mode(0o444)).unwrap();
    let error = place.write().unwrap_err();
    let path = place.sidecar();
    let why = Obstacle::ReadOnly;
    assert_eq!(error, StoreError::Obstacle { path, why });
    assert!(error.message(Lang::En).contains("read-only"));
    assert_eq!(fs::read_to_string(place.sidecar()).unwrap(), "# theirs\n");
    assert!(load(&place.sheet.report.id).unwrap().is_empty());
    let left = fs::read_dir(place.folder.path()).unwrap().count();
    assert_eq!(left, 1, "nothing half-written is left");
}

#[test]
fn mode_owner_and_group_stay() {
    let place = Place::new();
    fs::write(place.sidecar(), "# theirs\n").unwrap();
    for mode in [0o664, 0o600, 0o640] {
        fs::set_permissions(place.sidecar(), Permissions::from_mode(mode)).unwrap();
        place.write().unwrap();
        let now = fs::metadata(place.sidecar()).unwrap();
        assert_eq!(now.mode() & 0o7777, mode);
    }
    let text = fs::read_to_string(place.sidecar()).unwrap();
    assert!(text.contains("# theirs"), "{text}");
    // Only root can make a file another's: there the new one is given to them, and nobody else
    // ever gets so far.
    let given = std::os::unix::fs::chown(place.sidecar(), Some(12_345), Some(54_321));
    if given.is_ok() {
        place.write().unwrap();
        let now = fs::metadata(place.sidecar()).unwrap();
        assert_eq!((now.uid(), now.gid()), (12_345, 54_321));
        assert_eq!(now.mode() & 0o7777, 0o640);
    }
}

/// Another program's file that came while we wrote is not replaced.
#[test]
fn what_came_meanwhile_stays() {
    use crate::review::file::{Trouble, read};
    let place = Place::new();
    let path = place.sidecar();
    fs::write(&path, "# one\n").unwrap();
    let lock = Lock::take(&path).unwrap();
    let (_, old) = read(&path).unwrap();
    fs::write(place.outside(), "# another\n").unwrap();
    fs::rename(place.outside(), &path).unwrap();
    let changed = lock.replace(&old, "# ours\n");
    assert!(matches!(changed, Err(Trouble::Obstacle(Obstacle::Changed))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "# another\n");
}

/// A FIFO costs its own report only.
#[test]
fn the_other_reports_go_on() {
    let place = Place::new();
    fifo(&place.sidecar());
    let other = ReportId::file(place.folder.path().join("b.txt"));
    let request = field("t3.new.total", Action::Accept);
    let step = ask(&place.sheet, &Log::default(), &[request], &li()).unwrap();
    let (mut writer, messages) = Writer::start();
    for id in [&place.sheet.report.id, &other] {
        writer.submit(id, facts(&place.sheet), Operation::Apply(step.clone()));
    }
    let left = writer.finish();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].0, place.sheet.report.id);
    assert_eq!(load(&other).unwrap().decisions.len(), 1);
    drop(messages);
}
