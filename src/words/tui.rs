//! What stands on the screen.

use super::messages;

messages! {
    // Statuses of values.
    status_read zh "读到" en "read";
    status_inferred zh "推得" en "inferred";
    status_ambiguous zh "不定" en "ambiguous";
    status_blank zh "空格" en "blank";
    status_not_applicable zh "不适用" en "not applicable";
    status_unreadable zh "不是数" en "unreadable";
    status_missing zh "没有" en "missing";

    // Kinds of issues, and what became of them.
    kind_error zh "错误" en "error";
    kind_warning zh "警告" en "warning";
    kind_info zh "提示" en "info";
    kind_ambiguous zh "存疑·不定" en "doubt: ambiguous";
    kind_inferred zh "存疑·推得" en "doubt: inferred";
    kind_missing zh "存疑·缺格" en "doubt: missing";
    kind_unreadable zh "存疑·不是数" en "doubt: unreadable";
    kind_stale zh "决定已过时" en "stale decision";
    state_open zh "待决" en "undecided";
    state_decided zh "已决" en "decided";
    state_flagged zh "已搁置" en "flagged";
    state_stale zh "已过时" en "stale";
    state_confirmed zh "已判属实" en "confirmed";
    state_dismissed zh "已判不成立" en "dismissed";
    state_resolved zh "改正后成立" en "resolved by the corrected value";

    // What was recognised.
    item_organ zh "机关" en "organ";
    item_year zh "年度" en "year";
    item_form zh "格式" en "form";
    item_level zh "级别" en "level";
    item_unknown zh "（没有认出）" en "(not recognised)";
    fact_published { date } zh "公布日期  {date}" en "published {date}";
    fact_signed { date } zh "落款日期  {date}" en "signed    {date}";
    fact_file { file, encoding }
        zh "文件      {file}  {encoding}"
        en "file      {file}  {encoding}";
    fact_note { note } zh "备注      {note}" en "note      {note}";

    tui_name zh "勾稽" en "gouji";
    tui_header { reports, open, all }
        zh "{reports} 份报告  待决 {open}/{all}"
        en "{reports} reports  open {open}/{all}";
    tui_sample zh "示例；看自己的：gouji 文件夹" en "samples; your own: gouji FOLDER";
    tui_skipped { count } zh "略过 {count} 个别的文件" en "{count} other files skipped";
    tui_loading zh "读入" en "loading";
    tui_left { time } zh "还要 {time}" en "{time} left";
    tui_unsaved { count } zh "{count} 份没存上！" en "{count} not saved!";
    tui_saving zh "在存…" en "saving…";
    tui_saved zh "已存" en "saved";
    tui_read_only
        zh "只读：这次不作决定（--read-only）"
        en "read-only: nothing is decided in this run (--read-only)";
    tui_read_only_short zh "只读" en "read-only";
    tui_too_small zh "窗口太小" en "window too small";
    tui_no_files zh "没有可读的报告。" en "There is no report to read.";
    tui_reports zh "报告" en "Reports";
    tui_failed_short zh "读不了" en "failed";
    tui_failed { file, cause }
        zh "读不了  {file}\n{cause}\n\n别的报告不受影响。修好或换掉文件后再读即可。"
        en "Cannot read  {file}\n{cause}\n\nThe other reports are not affected. Mend or replace the file and read it again.";
    tui_opening zh "正在读入…" en "Reading…";
    tui_tab_head zh "头" en "H";
    tui_tab_table zh "表" en "T";
    tui_and_more zh "等" en " …";
    tui_part_head zh "报告" en "the report";
    tui_table_missing zh "（文中没有此表）" en "(the file has no such table)";
    tui_fold_zero { count } zh "…  {count} 行全 0 或空" en "…  {count} rows of 0 or blank";
    tui_fold_missing { count } zh "…  {count} 行文中没有" en "…  {count} rows not in the file";
    tui_source zh "原文" en "Source";
    tui_source_lines { from, to } zh "{from}-{to} 行" en "lines {from}-{to}";
    tui_help zh "按键" en "Keys";
    tui_help_input zh "输入时：" en "In a line of input:";
    tui_help_marks
        zh "数的记号：2 读到  ~1 推得  ? 不定  _ 空格  / 不适用  x 没有  2! 不平的数  [2] 光标  3* 人定的\n报告的记号：E 错误  W 警告  ? 存疑  ok 无待决  done 审完  s 有过时的决定  x 读不了  ! 决定文件有错"
        en "Values: 2 read  ~1 inferred  ? ambiguous  _ blank  / not applicable  x missing  2! in a failing relation  [2] cursor  3* decided\nReports: E errors  W warnings  ? doubts  ok nothing open  done closed  s stale decisions  x unreadable  ! sidecar broken";

    tui_issue { at, all } zh "问题 {at}/{all}" en "Issue {at}/{all}";
    tui_issue_none zh "问题" en "Issue";
    tui_quote { line } zh "原文 {line} 行" en "line {line}";
    tui_doubt_extraction
        zh "有的数是推得的：也可能是我们读错"
        en "some figures were inferred: the misreading may be ours";
    tui_ambiguous { count, solutions }
        zh "{count} 格要一起定，{solutions} 种放法合得上"
        en "{count} cells are decided together; {solutions} placements fit";
    tui_ambiguous_first { count, all, listed }
        zh "{count} 格要一起定，{all} 种放法合得上，只列前 {listed} 种"
        en "{count} cells are decided together; {all} placements fit, the first {listed} are listed";
    tui_ambiguous_of_first { count, listed, solutions, all }
        zh "{count} 格要一起定，所列 {listed} 种放法中 {solutions} 种合得上（共 {all} 种，没有全列）"
        en "{count} cells are decided together; {solutions} of the {listed} placements listed fit (of {all}, not all are listed)";
    tui_ambiguous_low { count, solutions }
        zh "{count} 格一起定，{solutions} 种放法"
        en "{count} cells, {solutions} placements";
    tui_offers_place_low { from, to, all, keys }
        zh "{from}-{to}/{all} {keys}"
        en "{from}-{to}/{all} {keys}";
    tui_contradicted { count }
        zh "已定的数与全部 {count} 种放法都对不上：撤销，或把其余各格也逐一改定"
        en "what was decided contradicts all {count} placements: undo, or give the other cells one by one too";
    tui_contradicted_listed { count }
        zh "已定的数与所列 {count} 种放法都对不上（没有全列）：撤销，或把其余各格也逐一改定"
        en "what was decided contradicts the {count} placements listed (not all are): undo, or give the other cells one by one too";
    tui_placed zh "各格都已定" en "every cell is decided";
    tui_offers_same { count } zh "其余 {count} 格相同" en "{count} cells are the same in all";
    tui_offers_hidden { count }
        zh "另 {count} 格也不同，列不下"
        en "{count} more differ, no room for them";
    tui_offers_place { from, to, all, keys }
        zh "第 {from}-{to} 种（共 {all} 种，{keys} 翻）"
        en "{from}-{to} of {all} ({keys})";
    tui_ambiguous_cells { count, cells }
        zh "{count} 格定不下来：{cells}"
        en "{count} cells cannot be told: {cells}";
    tui_ambiguous_cells_low { count } zh "{count} 格定不下来" en "{count} cells cannot be told";
    tui_candidates { cell } zh "{cell} 可以是" en "{cell} can be";
    tui_candidates_row { count }
        zh "本行这样的 {count} 格都是"
        en "all {count} such cells of the row are";
    tui_candidates_elsewhere { key }
        zh "光标不在这些格上：{key} 到下一格"
        en "the cursor is on none of them: {key} goes to the next";
    tui_candidates_keys { next, other }
        zh "按数字定；{next} 到下一格，{other} 另填"
        en "a number decides; {next} next cell, {other} another value";
    tui_inferred { count, cells }
        zh "{count} 格的位置是由平衡关系推得的：{cells}"
        en "{count} values were placed by the relations: {cells}";
    tui_missing { count, cells }
        zh "表里少了 {count} 格：{cells}"
        en "the table lacks {count} cells: {cells}";
    tui_unreadable { count, cells }
        zh "{count} 格里不是数：{cells}"
        en "{count} cells hold no figure: {cells}";
    tui_stale
        zh "原文变了，下列决定不再适用"
        en "the source has changed; these decisions are not applied";
    tui_stale_count { count }
        zh "原文变了，{count} 个决定已过时"
        en "the source has changed: {count} decisions are stale";
    tui_stale_cell { cell, was, value, now }
        zh "{cell}  当时读到 {was}，判为 {value}；现在读到 {now}"
        en "{cell}  read then {was}, decided {value}; read now {now}";
    tui_stale_basis { then } zh "当时的数：{then}" en "decided on: {then}";
    tui_report_state { open, all }
        zh "本报告待决 {open}，共 {all} 个问题"
        en "{open} of {all} issues of this report are undecided";
    tui_all_decided { reports, all, failed }
        zh "全部已决：{reports} 份报告的 {all} 个问题；{failed} 份读不了"
        en "all decided: {all} issues of {reports} reports; {failed} could not be read";
    tui_what_next
        zh "可以：D 标记审完，u 撤销，gouji check 列出结果，gouji status 看全批"
        en "next: D marks a report done, u undoes, gouji check lists the results, gouji status the batch";
    tui_reread { file }
        zh "{file} 的内容变了，已重新读入"
        en "{file} has changed and was read again";
    tui_report_gone { file }
        zh "{file} 的内容变了，这份报告已不在其中"
        en "{file} has changed; this report is no longer in it";
    tui_nothing_yet
        zh "已读入的报告里没有待决的问题了，其余还在读"
        en "nothing is left to decide in what is read so far; the rest is still loading";
    tui_nothing_left zh "没有待决的问题了" en "nothing is left to decide";
    tui_no_issue zh "这里没有问题要决定；n 到下一个" en "no issue here; n goes to the next";
    tui_agree_ambiguous
        zh "不定的值不能采纳：按数字选一种，或 o 改值"
        en "an ambiguous value cannot be accepted: choose by number, or override";
    tui_agree_nothing
        zh "没有可采纳的值：o 改值，b 空格，x 不适用"
        en "there is no value to accept: o overrides, b blank, x not applicable";
    tui_only_findings zh "只有错误和警告可以判“不成立”" en "only findings can be dismissed";
    tui_no_proposal zh "这里没有可按数字选的" en "there is nothing to choose by number here";
    tui_proposals_unseen { zoom }
        zh "这里列不下，看得见才能选：{zoom} 还原，或放大窗口"
        en "not in view, so not to be chosen: {zoom} restores the panes, or enlarge the window";
    tui_no_such_proposal { count }
        zh "看得见的只有 1 至 {count} 号"
        en "only 1 to {count} are in view";
    tui_no_more_proposals zh "没有别的建议了" en "there are no more proposals";
    tui_no_cell zh "光标不在格子上" en "the cursor is on no cell";
    tui_new_pass
        zh "这一轮看完了，从搁置的问题重新开始"
        en "this pass is over; what was put off comes again";
    tui_passed zh "搁置到这一轮最后" en "put off to the end of this pass";
    tui_locked
        zh "决定文件不会被覆盖；别的报告照常。"
        en "The sidecar is never written over; other reports are not affected.";
    tui_did_done zh "已标记审完" en "marked as done";
    tui_did_note zh "已记备注" en "note taken";
    tui_undone { target } zh "撤销了 {target}" en "undone: {target}";
    tui_redone { target } zh "重做了 {target}" en "done again: {target}";

    tui_override zh "改值" en "Override";
    tui_was { value } zh "原文 {value}" en "source {value}";
    tui_becomes zh "改为" en "becomes";
    tui_reason zh "原因" en "reason";
    reason_report_wrong zh "报告有误" en "report wrong";
    reason_misread zh "误读" en "misread";
    tui_note zh "备注" en "note";
    tui_mends { rules } zh "改后平：{rules}" en "mends: {rules}";
    tui_makes { rules } zh "改后不平：{rules}" en "breaks: {rules}";
    tui_no_effect zh "各项检查结果不变" en "no finding changes";
    tui_note_dismiss zh "不成立：为什么？" en "Dismiss: why?";
    tui_note_dismiss_hint zh "可以空着，回车即可" en "may be left empty: Enter";
    tui_note_issue zh "决定的备注" en "Note on the decision";
    tui_note_report zh "报告的备注" en "Note on the report";
    tui_note_report_hint zh "留空即删去备注" en "an empty note is taken away";
    tui_note_nowhere
        zh "没有可附备注的决定了"
        en "there is no decision left for the note to go with";
    tui_find zh "查找报告、章节、格子" en "Find reports, sections, fields";
    tui_found_nothing zh "没有找到" en "nothing found";
    tui_ask_unsaved
        zh "还有决定没有存上，离开会丢失"
        en "Decisions are not saved and would be lost";
    tui_ask_unsaved_keys
        zh "r 再存一次   y 丢弃离开   n 留下"
        en "r try again   y leave and lose them   n stay";
    tui_ask_saving
        zh "决定还在写入，没有写完；几秒后不再等，直接离开"
        en "Decisions are still being written; in a few seconds this is left all the same";
    tui_ask_saving_keys
        zh "y 现在离开，可能丢失   n 留下"
        en "y leave now, they may be lost   n stay";
    tui_ask_input zh "输入还没有存，离开吗？" en "The line is not saved. Leave?";
    tui_ask_done { count }
        zh "还有 {count} 个问题待决，仍标记审完吗？"
        en "{count} issues are undecided. Mark as done all the same?";
    tui_ask_undo
        zh "最后一步是别人作的，要撤销吗？"
        en "The last step is another person's. Take it back?";
    tui_ask_conflict
        zh "别人先作了决定，你的没有写入"
        en "Somebody else has decided meanwhile; yours is not written";
    tui_ask_conflict_keys
        zh "y 用我的取代   n 留下对方的"
        en "y replace it by mine   n keep theirs";
    tui_ask_refused { report }
        zh "这一步没有写入  {report}"
        en "This step was not written  {report}";
    tui_ask_refused_keys { key } zh "{key} 或 y 知道了" en "{key} or y: seen";
    tui_replaced { target }
        zh "已取代对方对 {target} 的决定"
        en "replaced the other decision on {target}";
    tui_ask_keys zh "y 是   n 否" en "y yes   n no";
    tui_sample_name zh "示例批次" en "Samples";
    tui_cell_decided { cell, read, now }
        zh "{cell}  原文 {read} → {now}"
        en "{cell}  source {read} → {now}";
}
