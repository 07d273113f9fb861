//! What the commands print around the facts.

use super::messages;

messages! {
    // Running over files
    run_nothing { skipped }
        zh "没有找到可读的报告文件（略过 {skipped} 个其他文件）；读的是 .txt、.html、.htm 等，其他名字的文件请直接写出"
        en "no report file was found ({skipped} other files skipped); .txt, .html, .htm and the like are read, name any other file outright";

    // check
    check_no_path
        zh "缺少路径：gouji check 后面写文件、目录或通配符"
        en "a path is missing: name a file, a folder or a glob after gouji check";
    check_no_rule { rule }
        zh "没有编号是或以 `{rule}` 开头的规则"
        en "no rule is called `{rule}` or begins so";
    check_not_assessable { fingerprint, keys }
        zh "无法判断 {fingerprint}：{keys}"
        en "not assessable: {fingerprint}: {keys}";
    check_state_confirmed zh "（已确认属实）" en " (confirmed)";
    check_state_dismissed zh "（已排除）" en " (dismissed)";
    check_state_flagged zh "（留待再看）" en " (flagged)";
    check_state_resolved zh "（按更正值已平）" en " (resolved by a correction)";
    check_state_stale zh "（数字变了，原来的决定要重看）" en " (decided on other figures)";
    place_in_text { file, line }
        zh "{file}（gouji text 第 {line} 行）"
        en "{file} (line {line} of gouji text)";
    note_arithmetic zh "算式" en "arithmetic";
    note_target zh "编号" en "id";
    note_help zh "办法" en "help";
    advice_confirm { command }
        zh "{command}    （属实，报告有误）"
        en "{command}    (the report is wrong)";
    advice_dismiss { command } zh "{command}    （不成立）" en "{command}    (no error)";
    advice_misread { command }
        zh "{command}    （是读错了，N 为原文的数）"
        en "{command}    (misread; N is what the source says)";
    count_reports { n } zh "{n} 份报告" en "{n} reports" one "{n} report";
    count_failures { n }
        zh "{n} 个文件没有读成"
        en "{n} files could not be read"
        one "{n} file could not be read";
    count_skips { n }
        zh "略过 {n} 个其他文件"
        en "{n} other files skipped"
        one "{n} other file skipped";
    count_errors { n } zh "{n} 个错误" en "{n} errors" one "{n} error";
    count_warnings { n } zh "{n} 个警告" en "{n} warnings" one "{n} warning";
    count_infos { n } zh "{n} 个提示" en "{n} remarks" one "{n} remark";
    count_doubts { n } zh "{n} 格的值存疑" en "{n} values in doubt" one "{n} value in doubt";
    count_settled { n } zh "{n} 个已处理" en "{n} settled";
    count_missings { n } zh "{n} 格缺失" en "{n} missing cells" one "{n} missing cell";
    count_open { n } zh "{n} 条无法判断" en "{n} not assessable";
    count_none zh "没有问题" en "nothing found";

    // extract
    extract_no_path
        zh "缺少路径：gouji extract 后面写文件、目录或通配符"
        en "a path is missing: name a file, a folder or a glob after gouji extract";
    extract_published { date } zh "发布日期 {date}" en "published {date}";
    extract_signed { date } zh "落款日期 {date}" en "signed {date}";
    extract_joint { table, cells, count }
        zh "{table}：{cells} 格要一起定，共 {count} 种填法"
        en "{table}: {cells} cells are decided together, {count} solutions";
    extract_empty zh "空" en "empty";
    extract_status_read zh "读到" en "read";
    extract_status_inferred zh "推定" en "inferred";
    extract_status_ambiguous zh "存疑" en "ambiguous";
    extract_status_blank zh "空格" en "blank";
    extract_status_not_applicable zh "不适用" en "not applicable";
    extract_status_unreadable zh "不是数" en "unreadable";
    extract_status_missing zh "缺失" en "missing";

    // explain
    explain_unknown { subject }
        zh "没有叫 `{subject}` 的规则、指标或格式（gouji explain 列出全部）"
        en "no rule, key or form is called `{subject}` (gouji explain lists them all)";
    explain_severity { severity, forms }
        zh "最高级别：{severity}；适用：{forms}"
        en "highest severity: {severity}; forms: {forms}";
    explain_all_forms zh "所有格式" en "all";
    explain_what zh "检查什么" en "What it checks";
    explain_why zh "为什么要紧" en "Why it matters";
    explain_formula zh "公式" en "Formula";
    explain_example zh "例" en "Example";
    explain_exceptions zh "例外" en "Exceptions";
    explain_source zh "依据" en "Source";
    explain_sections zh "各部分" en "Parts";
    explain_table { table, label, cells }
        zh "表 {table} {label}（{cells} 格）"
        en "Table {table}: {label} ({cells} cells)";
    explain_relations zh "所在的勾稽关系" en "Relations";
    explain_unit { unit, kind } zh "单位：{unit}；类型：{kind}" en "unit: {unit}; type: {kind}";
    explain_forms zh "格式" en "Forms";
    explain_rules zh "规则" en "Rules";
    explain_keys zh "指标" en "Keys";
    explain_keys_text
        zh "每种格式的指标见 gouji explain fmt_2021 等"
        en "for the keys of a form: gouji explain fmt_2021 and the like";
    type_integer zh "整数" en "whole number";
    type_signed zh "带正负号的整数" en "whole number with a sign";
    type_decimal zh "金额" en "amount";
    sample_written { folder, written, kept }
        zh "{folder}：写了 {written} 个示例文件，已有的 {kept} 个没有动"
        en "{folder}: {written} sample files written, {kept} that were there left as they are";
    sample_failed { folder, cause }
        zh "{folder}：写不了示例批次：{cause}"
        en "{folder}: cannot write the sample batch: {cause}";
    sample_nowhere
        zh "不知道把示例批次放在哪里：没有 HOME；请设 XDG_DATA_HOME，或用 gouji sample DIR 写到一个目录"
        en "nowhere to put the sample batch: HOME is not set; set XDG_DATA_HOME, or write it to a folder with gouji sample DIR";
    review_dumb { term }
        zh "这个终端（TERM={term}）不能显示审阅界面，以上是 gouji check 的结果；请设置 TERM，如 TERM=xterm-256color"
        en "this terminal (TERM={term}) cannot show the review screen, so this is what gouji check prints; set TERM, such as TERM=xterm-256color";
    review_no_terminal
        zh "标准输入或输出不是终端，以上是 gouji check 的结果；要打开审阅界面，请在终端里直接运行 gouji [路径…]"
        en "standard input or output is no terminal, so this is what gouji check prints; for the review screen run gouji [PATH…] in a terminal";
    origin_default zh "默认" en "default";
    config_no_file { file }
        zh "没有配置文件（会读 {file}）"
        en "no configuration file ({file} would be read)";
    config_nowhere zh "没有配置文件" en "no configuration file";
    config_data { folder } zh "数据目录：{folder}" en "data folder: {folder}";
    review_nothing zh "没有可审的报告" en "there is no report to review";
    keys_main zh "界面" en "Over the panes";
    keys_input zh "输入行" en "In a line of input";
}
