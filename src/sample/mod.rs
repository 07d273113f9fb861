//! The sample batch: a dozen reports of invented places, in several forms and layouts. Bare
//! `gouji` opens them; the tests use them too. What each is for, the test below says.

use std::path::Path;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("files/", $name)))),*]
    };
}

/// Name and bytes of each file.
const FILES: &[(&str, &[u8])] = files![
    "baichuan-2021.txt",
    "donghu-2014.txt",
    "donghu-2022.html",
    "liutang-2019.txt",
    "nanpu-2018.txt",
    "qinglan-2021.txt",
    "qinglan-2022.txt",
    "scan-2020.html",
    "shiqiao-2023.txt",
    "wangshan-2020.txt",
    "yunxi-2022.html",
    "yunxi-finance-2023.html",
];

/// Name and bytes of each file of the sample batch, in order of names.
pub fn files() -> &'static [(&'static str, &'static [u8])] {
    FILES
}

/// Writes the sample batch into a folder, which is made if need be. A file that is there already
/// is left as it is. Gives the number of files written.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written.
pub fn write(folder: &Path) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let mut written = 0;
    for (name, bytes) in FILES {
        match std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(folder.join(name))
        {
            Ok(mut file) => {
                std::io::Write::write_all(&mut file, bytes)?;
                written += 1;
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::check::{Severity, check};
    use crate::extract::extract;
    use crate::form::tests::forms;
    use crate::report::{FormId, Report, ReportId, Script, Status};
    use crate::source::Limits;

    fn read(name: &str) -> (Report, BTreeSet<String>) {
        let (_, bytes) = FILES.iter().find(|f| f.0 == name).unwrap();
        let document = crate::source::read(*bytes, &Limits::default())
            .unwrap()
            .remove(0)
            .document;
        let report = extract(forms(), ReportId::file(name), "", &document, None).unwrap();
        let checked = check(&report, &document, &report);
        let loud = checked
            .findings
            .iter()
            .filter(|f| f.severity > Severity::Info);
        let fingerprints = loud.map(|f| f.fingerprint.clone()).collect();
        (report, fingerprints)
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    fn who(report: &Report) -> (Option<&str>, Option<u16>, FormId) {
        (report.organ.as_deref(), report.year, report.form())
    }

    fn open(report: &Report) -> usize {
        report
            .fields
            .iter()
            .filter(|f| f.status == Status::Ambiguous)
            .count()
    }

    #[test]
    fn a_page_that_carries_one_too_many_over() {
        let (report, findings) = read("yunxi-2022.html");
        assert_eq!(
            who(&report),
            (Some("云溪市人民政府"), Some(2022), FormId::FMT_2021)
        );
        assert_eq!(findings, set(&["T3.BAL@natural_person", "T3.BAL@total"]));
    }

    #[test]
    fn a_pair_of_years_in_lines() {
        let (before, findings) = read("qinglan-2021.txt");
        assert_eq!(findings, set(&[]));
        let (report, findings) = read("qinglan-2022.txt");
        assert_eq!(
            findings,
            set(&[
                "T4.SUM@litigation.direct",
                "T2.IMPLIED_PRIOR@normative_documents"
            ])
        );
        let value = |r: &Report, key: &str| r.named(key).and_then(|(_, f)| f.value);
        assert_eq!(
            value(&before, "t3.carried_out.total"),
            value(&report, "t3.carried_in.total")
        );
    }

    #[test]
    fn kept_empty_cells_and_an_empty_total() {
        let (report, findings) = read("baichuan-2021.txt");
        assert_eq!(open(&report), 0);
        assert!(
            findings.contains("T3.TOTAL_BLANK@results.partial"),
            "{findings:?}"
        );
        assert!(
            findings
                .iter()
                .any(|f| f.starts_with("T2.RULES_COMPETENCE")),
            "{findings:?}"
        );
    }

    #[test]
    fn dropped_empty_cells_leave_joint_solutions() {
        let (report, findings) = read("liutang-2019.txt");
        assert_eq!(findings, set(&[]));
        let joint: Vec<u64> = report
            .joint
            .iter()
            .filter(|j| j.table == "t3")
            .map(|j| j.count)
            .collect();
        assert!(matches!(joint.as_slice(), [2..=12]), "{joint:?}");
    }

    #[test]
    fn nothing_between_the_cells() {
        let (report, findings) = read("wangshan-2020.txt");
        assert_eq!(report.form(), FormId::FMT_2019);
        assert_eq!(findings, set(&[]));
        let ambiguous: Vec<&str> = report
            .cells()
            .filter(|(_, f)| f.status == Status::Ambiguous)
            .map(|(c, _)| report.schema.key(c))
            .collect();
        assert!(
            ambiguous.iter().all(|k| k.starts_with("t2.")),
            "{ambiguous:?}"
        );
    }

    #[test]
    fn the_indicator_table_in_gb18030() {
        let (report, findings) = read("donghu-2014.txt");
        assert_eq!(
            who(&report),
            (Some("东湖区人民政府"), Some(2014), FormId::IND_2014)
        );
        assert_eq!(findings, set(&["IND.REPLY"]));
    }

    #[test]
    fn a_page_in_order() {
        let (report, findings) = read("donghu-2022.html");
        assert_eq!(
            who(&report),
            (Some("东湖区人民政府"), Some(2022), FormId::FMT_2021)
        );
        assert_eq!(findings, set(&[]));
    }

    #[test]
    fn traditional_script_in_big5() {
        let (report, findings) = read("shiqiao-2023.txt");
        assert_eq!(report.script, Script::Hant);
        assert_eq!(findings, set(&[]));
        assert_eq!(open(&report), 0);
    }

    #[test]
    fn a_report_without_its_table() {
        let (report, findings) = read("nanpu-2018.txt");
        assert_eq!(
            who(&report),
            (Some("南浦市人民政府"), Some(2018), FormId::FREE_2008)
        );
        assert_eq!(findings, set(&["C.TABLE_MISSING"]));
    }

    #[test]
    fn the_form_of_another_year() {
        let (report, findings) = read("yunxi-finance-2023.html");
        assert_eq!(report.form(), FormId::FMT_2019);
        assert!(
            findings.iter().any(|f| f.starts_with("C.TEMPLATE_YEAR")),
            "{findings:?}"
        );
        assert!(
            findings.iter().any(|f| f.starts_with("T2.AMOUNT_UNIT")),
            "{findings:?}"
        );
    }

    #[test]
    fn a_picture_cannot_be_read() {
        let (_, bytes) = FILES.iter().find(|f| f.0 == "scan-2020.html").unwrap();
        assert!(crate::source::read(*bytes, &Limits::default()).is_err());
    }
}
