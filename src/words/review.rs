//! What review says: why something is not done, what is wrong with a sidecar, what was decided.

use super::messages;

messages! {
    // Why something is not done.
    refused_key { key }
        zh "这份报告的表里没有 {key} 这一格"
        en "the report's form has no cell {key}";
    refused_finding { finding }
        zh "这份报告没有 {finding} 这个问题"
        en "the report has no finding {finding}";
    refused_target { action, target }
        zh "{action} 不能用于 {target}"
        en "{action} is not for {target}";
    refused_accept { key, status }
        zh "{key} 的状态是 {status}，没有可以采纳的读数；请给出数值（override），或标为空（blank）、不适用（not-applicable）"
        en "{key} is {status}: there is no reading to accept; give a value (override), or say that it is blank or not-applicable";
    refused_unchanged { key, value }
        zh "{key} 现在读到的就是 {value}：没有改动；读得对请采纳（accept）"
        en "{key} reads {value} already: nothing would change; accept it if it is right";
    refused_no_value { action } zh "{action} 需要一个值" en "{action} needs a value";
    refused_value { action } zh "{action} 不带值" en "{action} takes no value";
    refused_reason { action } zh "{action} 不带原因" en "{action} takes no reason";
    refused_figure { text, part }
        zh "“{text}”里的“{part}”不是数；请写 3 这样的数，或 2+1 这样的算式"
        en "“{part}” in “{text}” is no figure; write one such as 3, or a sum such as 2+1";
    refused_figure_end { text }
        zh "“{text}”没有写完；请写 3 这样的数，或 2+1 这样的算式"
        en "“{text}” is not complete; write a figure such as 3, or a sum such as 2+1";
    refused_whole { value }
        zh "{value} 不是整数，这一格只能填整数"
        en "{value} is no whole number, and this cell counts";
    refused_negative { value }
        zh "{value} 是负数，这一格不能为负"
        en "{value} is negative, and this cell cannot be";
    refused_year { text }
        zh "“{text}”不是报告年度；请写 2022 这样的年份"
        en "“{text}” is no report year; write one such as 2022";
    refused_form { text }
        zh "没有“{text}”这种格式；有 free_2008、ind_2014、fmt_2019、fmt_2021"
        en "there is no form “{text}”; there are free_2008, ind_2014, fmt_2019, fmt_2021";
    refused_level { text }
        zh "没有“{text}”这个层级；有 national、province、prefecture_city、county、township"
        en "there is no level “{text}”; there are national, province, prefecture_city, county, township";
    refused_status { text }
        zh "“{text}”不是审核状态；有 in-review、done、returned"
        en "“{text}” is no state of a review; there are in-review, done, returned";
    refused_no_choice { table }
        zh "{table} 没有需要一并决定的单元格"
        en "{table} has no cells that are decided together";
    refused_solution { text, count }
        zh "“{text}”不是所列 {count} 种中的一种，或不止一种与它相符"
        en "“{text}” is none of the {count} that are listed, or fits more than one of them";
    refused_nothing_to_undo zh "没有可撤销的一步" en "there is no step to take back";
    refused_nothing_to_redo zh "没有可重做的一步" en "there is no step to do again";
    refused_anothers { by, at }
        zh "上一步是 {by} 在 {at} 做的；确要撤销请加 --force"
        en "the last step is {by}'s, made {at}; to take it back all the same, add --force";
    refused_conflict { what } zh "没有写入：{what}" en "not written: {what}";
    decided_by { by, at, target, did }
        zh "{by} {at} 已判 {target}：{did}"
        en "{by} {at} decided on {target}: {did}";
    refused_changed { file }
        zh "没有写入：{file} 的内容变了，已重新读入"
        en "not written: {file} has changed; it is read again";
    refused_vanished { file, cause }
        zh "没有写入：{file} 不在了：{cause}"
        en "not written: {file} has gone: {cause}";
    refused_replaced { by }
        zh "这一步已被 {by} 撤销或取代，没有改动"
        en "{by} has meanwhile taken that step back or replaced it; nothing was changed";
    refused_gone
        zh "审核文件里已没有这一步，没有改动"
        en "that step is no longer in the sidecar; nothing was changed";
    refused_somebody zh "（未署名）" en "somebody unnamed";

    // What is wrong with a sidecar.
    sidecar_io { cause } zh "读不了审核文件：{cause}" en "the sidecar cannot be read: {cause}";
    sidecar_not_utf8
        zh "审核文件不是 UTF-8 编码，请另存为 UTF-8；改好之前这份报告只读"
        en "the sidecar is not UTF-8; save it as UTF-8. Until then the report is read-only";
    sidecar_syntax { cause }
        zh "审核文件有语法错误：{cause}；改好之前这份报告只读"
        en "syntax error in the sidecar: {cause}. Until it is mended the report is read-only";
    sidecar_newer { format }
        zh "审核文件的格式是 {format}，由更新的版本写成；这份报告只读"
        en "the sidecar has format {format}, written by a later version; the report is read-only";
    sidecar_missing { key }
        zh "这一条缺少 {key}；改好之前这份报告只读"
        en "this entry has no {key}. Until it is mended the report is read-only";
    sidecar_type { key }
        zh "{key} 的类型不对；改好之前这份报告只读"
        en "{key} has the wrong type. Until it is mended the report is read-only";
    sidecar_unknown { key, value }
        zh "{key} 不能是“{value}”；改好之前这份报告只读"
        en "{key} cannot be “{value}”. Until it is mended the report is read-only";
    sidecar_no_target
        zh "这一条要写明 field 或 finding，且只写一个；改好之前这份报告只读"
        en "this entry must name a field or a finding, and only one. Until it is mended the report is read-only";

    // Why a sidecar is not written.
    store_io { path, cause } zh "写不了 {path}：{cause}" en "{path} cannot be written: {cause}";
    store_locked { path }
        zh "{path} 被别的程序占用太久，没有写入"
        en "{path} has been held by another program for too long; nothing was written";
    store_unfinished { path }
        zh "{path} 的写入没有回音，不知是否存上"
        en "{path}: the write has not come back; whether it is saved is not known";

    // Why a sidecar or its lock is not touched: the cause in a sentence above.
    obstacle_link
        zh "它是一个链接；不跟随，不读也不写"
        en "it is a link, which is neither followed nor read nor replaced";
    obstacle_not_a_file
        zh "它不是普通文件，而是管道、设备或文件夹；不读也不写"
        en "it is no plain file but a FIFO, a device or a folder, which is neither read nor replaced";
    obstacle_too_large zh "它超过 64 MiB" en "it is larger than 64 MiB";
    obstacle_read_only zh "它设为只读" en "it is read-only";
    obstacle_owner
        zh "新文件无法保持原来的属主、属组和权限"
        en "a new file cannot be given its owner, group and mode";
    obstacle_changed
        zh "写入时别的程序换了这个文件；请再试一次"
        en "another program has put another file there meanwhile; try again";

    did_accept zh "采纳" en "accepted";
    did_override zh "改为" en "overridden";
    did_blank zh "空格" en "blank";
    did_not_applicable zh "不适用" en "not applicable";
    did_choose zh "选定" en "chosen";
    did_confirm zh "属实" en "confirmed";
    did_dismiss zh "不成立" en "dismissed";
    did_flag zh "搁置" en "flagged";
    did_set zh "记下" en "set";
}
