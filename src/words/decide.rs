//! What the commands print that decide, take back, list and count decisions.

use super::messages;

messages! {
    // Commands.
    decide_no_action { action }
        zh "没有“{action}”这个动作；有 accept、override、blank、not-applicable、choose、confirm、dismiss、flag"
        en "there is no action “{action}”; there are accept, override, blank, not-applicable, choose, confirm, dismiss, flag";
    decide_no_reason { reason }
        zh "没有“{reason}”这种原因；有 misread、report-wrong"
        en "there is no reason “{reason}”; there are misread, report-wrong";
    decide_saved { what, path } zh "已存：{what}  {path}" en "saved: {what}  {path}";
    decide_which { file, ids }
        zh "{file}：这个文件里有几份报告，请写明是哪一份：{ids}"
        en "{file}: several reports in this file; say which: {ids}";
    decide_no_report
        zh "这不是政府信息公开工作年度报告"
        en "this is no annual report on government information disclosure";
    undo_saved { what, path } zh "已撤销：{what}  {path}" en "taken back: {what}  {path}";
    decide_changed
        zh "没有写入：文件的内容在读入以后变了；请再说一次"
        en "not written: the file has changed since it was read; say it again";
    undo_ask zh "撤销吗？[y/N]" en "Take it back? [y/N]";
    redo_saved { what, path } zh "已重做：{what}  {path}" en "done again: {what}  {path}";
    mark_saved { what, path } zh "已标记：{what}  {path}" en "marked: {what}  {path}";
    note_saved { what, path } zh "已记备注：{what}  {path}" en "noted: {what}  {path}";
    batch_line { list, number, cause }
        zh "{list}：第 {number} 行：{cause}"
        en "{list}: line {number}: {cause}";
    batch_too_long zh "这一行太长，不是请求" en "the line is too long to be a request";
    batch_no_json { cause } zh "不是 JSON：{cause}" en "no JSON: {cause}";
    batch_no_object zh "不是 JSON 对象" en "no JSON object";
    batch_unknown { member }
        zh "不认识“{member}”；有 file、target、action、value、reason、note、by"
        en "unknown member “{member}”; there are file, target, action, value, reason, note, by";
    batch_missing { member } zh "缺少 {member}" en "{member} is missing";
    batch_type { member } zh "{member} 应是文字" en "{member} must be a text";
    batch_value
        zh "value 应是文字或整数；小数请写成文字，如 \"12.50\""
        en "value must be a text or a whole number; write a decimal as a text, such as \"12.50\"";
    log_nothing { file }
        zh "{file}：没有这个文件，也没有它的审核文件"
        en "{file}: there is no such file, and no sidecar of it";
    log_was { was } zh "（原读 {was}）" en " (read as {was})";
    log_undone { by, at } zh "；{by} {at} 撤销" en "; taken back by {by} {at}";
    log_superseded { by, at } zh "；{by} {at} 另作决定" en "; superseded by {by} {at}";
    status_new zh "未开始  " en "new      ";
    status_in_review zh "审核中  " en "in review";
    status_done zh "已审结  " en "done     ";
    status_returned zh "已退回  " en "returned ";
    status_sidecar zh "审核文件有误" en "bad sidecar";
    status_failed zh "读不了" en "failed";
    status_flagged { count } zh "  留待 {count}" en "  later {count}";
    status_stale { count } zh "  过时 {count}" en "  stale {count}";
    status_sum { reports, open, issues, done, stale, failed }
        zh "{reports} 份报告，待决 {open}/{issues}，已审结 {done}，过时 {stale}，读不了 {failed}"
        en "{reports} reports, {open}/{issues} open, {done} done, {stale} stale, {failed} failed";
}
