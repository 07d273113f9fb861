//! The help of the command line, and what is said of wrong usage.

use super::{Text, messages};

messages! {
    help_usage zh "用法：" en "Usage:";
    help_commands zh "命令" en "Commands";
    help_command_name zh "命令" en "COMMAND";
    help_arguments zh "参数" en "Arguments";
    help_options zh "选项" en "Options";
    help_after
        zh "\n不给命令就打开审阅界面；也不给路径，就打开自带的示例批次。\n路径是文件、目录、通配符，或 -（从标准输入读清单，一行一个）。"
        en "\nWithout a command the review screen opens; without a path as well, the sample batch.\nA path is a file, a folder, a glob, or - (a list on standard input, one path a line).";

    // Wrong usage
    usage_no_value { argument } zh "`{argument}` 后面缺值" en "`{argument}` lacks its value";
    usage_bad_value { argument, value }
        zh "`{argument}` 不能是 `{value}`"
        en "`{argument}` cannot be `{value}`";
    usage_bad_choice { argument, value, choices }
        zh "`{argument}` 不能是 `{value}`；可以是：{choices}"
        en "`{argument}` cannot be `{value}`; it can be: {choices}";
    usage_unknown { argument }
        zh "这里没有选项 `{argument}`"
        en "there is no option `{argument}` here";
    usage_missing { argument } zh "缺少：{argument}" en "missing: {argument}";
    usage_conflict { argument, other }
        zh "`{argument}` 和 `{other}` 不能同时用"
        en "`{argument}` cannot be used with `{other}`";
    usage_meant { meant } zh "；是不是 `{meant}`？" en "; did you mean `{meant}`?";
    usage_command_meant { word, command }
        zh "{word}：没有这个命令，也没有这个文件；是不是 gouji {command}？"
        en "{word}: there is no such command, and no such file; did you mean gouji {command}?";
    usage_help { command } zh "用法见 gouji {command}--help" en "for help: gouji {command}--help";

    // Other commands
    usage_before_command
        zh "路径、--files-from、--read-only、--by 要写在命令后面"
        en "paths, --files-from, --read-only and --by go after the command";
    help_no_command { command } zh "没有 `{command}` 这个命令" en "there is no command `{command}`";
}

/// The text of the help under a name of [`HELP`].
pub(crate) fn help(name: &str) -> Option<Text> {
    let entry = HELP.iter().find(|(n, _)| *n == name);
    entry.map(|(_, text)| *text)
}

/// Texts that are looked up by the name of what they are about.
macro_rules! table {
    ($(#[$note:meta])* $table:ident: $($name:ident zh $zh:literal en $en:literal;)*) => {
        $(#[$note])*
        pub(crate) const $table: &[(&str, Text)] =
            &[$((stringify!($name), Text::new($zh, $en)),)*];
    };
}

table! {
    /// What the help says of a command, of an argument, or (`command_argument`) of an argument
    /// where one command means something else by it.
    HELP:
    gouji
        zh "勾稽：审核政府信息公开工作年度报告"
        en "gouji 勾稽: audits annual reports on government information disclosure";
    review zh "打开审阅界面（默认）" en "Open the review screen (the default)";
    check zh "列出问题" en "List the findings";
    extract
        zh "列出提取到的数值及其依据（不计人工决定）"
        en "List the values as extracted, with their evidence (no decision applied)";
    text zh "打印各处位置所指的文本" en "Print the text that all places refer to";
    explain zh "解释一条规则、一个指标或一种格式" en "Explain a rule, a key or a form";
    sample zh "把示例批次写到一个目录" en "Write the sample batch to a folder";
    keys zh "列出界面的键位" en "List the keys of the screen";
    config
        zh "打印生效的配置和每项的来源"
        en "Print the in_force configuration and where each setting came from";
    help zh "打印帮助" en "Print help";
    version zh "打印版本" en "Print the version";
    help_command zh "哪个命令" en "Of which command";
    lang
        zh "语言：zh 或 en（默认按配置，再按环境）"
        en "Language: zh or en (default: the configuration's, then the locale's)";
    color
        zh "着色：auto、always 或 never（默认 auto：仅在终端上）"
        en "Colour: auto, always or never (default auto: on a terminal only)";
    jobs zh "线程数（默认 0：每核一个）" en "Threads (default 0: one a core)";
    quiet zh "只输出结果和错误" en "Print results and errors only";
    verbose zh "多说一些" en "Say more";
    gouji_config zh "配置文件" en "Configuration file";
    paths zh "文件、目录、通配符或 -" en "File, folder, glob or -";
    files_from
        zh "从文件读路径清单，一行一个；- 是标准输入"
        en "Read paths from a file, one a line; - is standard input";
    read_only zh "只看，不写任何文件" en "Look only, write no file";
    by
        zh "审核人姓名（默认：GOUJI_REVIEWER、配置、git 的 user.name、$USER）"
        en "The reviewer's name (default: GOUJI_REVIEWER, the configuration, git's user.name, $USER)";
    format
        zh "输出格式：human、json 或 ndjson（默认 human）"
        en "Output: human, json or ndjson (default human)";
    fail_on
        zh "达到哪一级就以 1 退出：error、warning、info 或 never（默认 error）"
        en "From which severity to exit with 1: error, warning, info or never (default error)";
    select
        zh "只看这些规则，写编号或其开头，如 T3. 或 T3.BAL,V."
        en "These rules only, by id or its beginning, such as T3. or T3.BAL,V.";
    ignore zh "不看这些规则，写法同上" en "Not these rules, written likewise";
    no_decisions zh "不计人工决定" en "Apply no decisions";
    check_all
        zh "也列出无法判断的和已排除的"
        en "List also what could not be assessed and what was dismissed or resolved";
    extract_all zh "也列出值为 0 和空缺的单元格" en "List cells that are 0 or empty, too";
    file zh "报告文件" en "The report's file";
    subject
        zh "规则、指标或格式，如 T3.BAL、t3.new.total、fmt_2021；不给则列出全部"
        en "Rule, key or form, such as T3.BAL, t3.new.total, fmt_2021; without it, all are listed";
    folder zh "目录；已有的文件不覆盖" en "Folder; files that are there are never overwritten";
    decide zh "作一个决定，与界面上的按键相同" en "Decide, as a key on the screen does";
    undo zh "撤销上一步" en "Take the last step back";
    redo zh "重做刚撤销的一步" en "Do the step again that was last taken back";
    log
        zh "列出一份报告的全部决定，包括已撤销和被取代的"
        en "List every decision on a report, also those that ended";
    mark zh "标记一份报告的审核状态" en "Mark the state of a report's review";
    note zh "给一份报告写备注" en "Put a note on a report";
    status zh "一批报告的进度" en "How far a batch has come";
    target
        zh "指标、问题编号、表（t3），或 report.organ、report.year、report.form、report.level"
        en "Key, fingerprint, table (t3), or report.organ, report.year, report.form, report.level";
    action
        zh "accept、override、blank、not-applicable、choose、confirm、dismiss 或 flag"
        en "accept, override, blank, not-applicable, choose, confirm, dismiss or flag";
    value
        zh "值，可以是 =2+1 这样的算式；choose 用所列解的序号"
        en "Value, also a sum such as =2+1; for choose the number of a solution";
    reason
        zh "原因：misread（读错了）或 report-wrong（报告有误）"
        en "Reason: misread (we read it wrongly) or report-wrong (the report is wrong)";
    decide_note zh "备注" en "A note";
    batch
        zh "从文件读，一行一个 JSON 请求；- 是标准输入"
        en "Read requests from a file, one JSON object a line; - is standard input";
    force zh "别人做的一步也撤销" en "Take back another person's step, too";
    state zh "in-review、done 或 returned" en "in-review, done or returned";
    note_text zh "备注；空的备注就是删去" en "The note; an empty one takes it away";
}
