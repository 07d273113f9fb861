//! What the keys of the screen do: the lines of the help and the words of the last line.

use super::messages;

messages! {
    // What keys do, as the help says it.
    act_next_issue zh "下一个待决问题（跨报告）" en "next undecided issue, across reports";
    act_previous_issue zh "上一个待决问题" en "previous undecided issue";
    act_agree
        zh "同意：存疑的值采纳，问题属实"
        en "agree: accept a doubtful value, confirm a finding";
    act_dismiss zh "问题不成立（可附备注）" en "dismiss the finding (with a note if you like)";
    act_override zh "改光标所在的值" en "override the value under the cursor";
    act_choose
        zh "采用该号建议（只限看得见的）"
        en "take the proposal of that number, as far as it is in view";
    act_next_proposals zh "后面的建议" en "the proposals after these";
    act_previous_proposals zh "前面的建议" en "the proposals before these";
    act_blank zh "该格是空的" en "the cell is blank";
    act_not_applicable zh "该格不适用" en "the cell does not apply";
    act_flag zh "搁置，稍后再看" en "flag for later";
    act_note zh "备注" en "note";
    act_next_operand zh "问题的下一个数" en "next operand of the issue";
    act_previous_operand zh "问题的上一个数" en "previous operand of the issue";
    act_undo
        zh "撤销本报告最后一步（含往日的）"
        en "undo the last step in this report, also of an earlier day";
    act_redo zh "重做" en "redo";
    act_done zh "标记报告审完" en "mark the report as done";
    act_down zh "下" en "down";
    act_up zh "上" en "up";
    act_left zh "左一格；在边上到旁边的窗格" en "left; at the edge the pane beside";
    act_right zh "右一格；展开折叠的行" en "right; unfolds folded rows";
    act_page_down zh "下一页" en "page down";
    act_page_up zh "上一页" en "page up";
    act_top zh "到头" en "to the top";
    act_bottom zh "到底" en "to the bottom";
    act_next_part zh "报告的下一部分" en "next part of the report";
    act_previous_part zh "报告的上一部分" en "previous part of the report";
    act_next_report zh "下一份报告" en "next report";
    act_previous_report zh "上一份报告" en "previous report";
    act_other_pane zh "另一窗格" en "other pane";
    act_zoom zh "窗格放满屏幕，再按还原" en "pane over the whole screen, and back";
    act_source zh "原文，停在证据处" en "source at the evidence";
    act_find zh "查找报告、章节、格子" en "find reports, sections, fields";
    act_retry
        zh "重试没有存上的；再读读不了的文件"
        en "try again to save, or to read a file that failed";
    act_redraw zh "重画屏幕" en "draw the screen again";
    act_help zh "所有按键" en "all keys";
    act_suspend zh "挂起（fg 回来）" en "suspend (fg comes back)";
    act_quit zh "离开" en "leave";
    act_submit zh "存" en "save";
    act_cancel zh "不改，回去" en "back without a change";
    act_toggle_reason zh "换原因：报告有误 / 误读" en "change the reason: report wrong / misread";
    act_edit_note zh "到备注，再按回到值" en "to the note and back";

    // Words beside the keys of the last line.
    hint_accept zh "采纳" en "accept";
    hint_confirm zh "属实" en "confirm";
    hint_choose { count } zh "至 {count} 选解" en "to {count} choose";
    hint_more zh "后面的解" en "more";
    hint_dismiss zh "不成立" en "dismiss";
    hint_override zh "改值" en "override";
    hint_undo zh "撤销" en "undo";
    hint_reread zh "再读" en "read again";
    hint_next zh "下一个" en "next";
    hint_source zh "原文" en "source";
    hint_pane zh "窗格" en "pane";
    hint_help zh "帮助" en "help";
    hint_quit zh "离开" en "quit";
    hint_down zh "下" en "down";
    hint_close zh "关" en "close";
    hint_go zh "去" en "go";
    hint_cancel zh "不改" en "cancel";
    hint_save zh "存" en "save";
    hint_reason zh "换原因" en "reason";
    hint_note zh "备注" en "note";
}
