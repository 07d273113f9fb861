//! The sentences of findings: what was held against what, in the form's words, and by how much it
//! is missed.

use super::messages;

messages! {
    check_t3_row { row, left, right, difference }
        zh "{row}：六类申请人合计 {left}，“总计”是 {right}，差 {difference}"
        en "{row}: the six kinds of applicants add up to {left}, the total is {right}, off by {difference}";
    check_t3_col { column, left, right, difference }
        zh "{column}列：（一）至（六）各项合计 {left}，“（七）总计”是 {right}，差 {difference}"
        en "Column {column}: the outcomes (1) to (6) add up to {left}, the total (7) is {right}, off by {difference}";
    check_t3_bal { column, left, right, difference }
        zh "{column}列：一（新收）加二（上年结转）得 {left}，三（七）总计加四（结转下年）得 {right}，差 {difference}"
        en "Column {column}: new and carried in make {left}, handled and carried out make {right}, off by {difference}";
    check_t4_sum { row, left, right, difference }
        zh "{row}：维持、纠正、其他、未审结合计 {left}，“总计”是 {right}，差 {difference}"
        en "{row}: the four outcomes add up to {left}, the total is {right}, off by {difference}";
    check_t2_implied_prior { row, left }
        zh "{row}：现行有效减本年制发、加本年废止，得上年末 {left} 件，不应小于 0"
        en "{row}: valid minus issued plus repealed gives {left} at the end of last year, which cannot be below 0";
    check_t2_items_nonneg { row, left }
        zh "{row}：上一年项目数量加本年增减得 {left} 项，不应小于 0"
        en "{row}: last year's items plus the change give {left}, which cannot be below 0";
    check_ind_channel_cover { left, right, difference }
        zh "各渠道公开数合计 {left}，少于主动公开政府信息数 {right}，差 {difference}；每条信息至少有一个渠道"
        en "The channels add up to {left}, less than the {right} distinct items, short by {difference}; each item has at least one channel";
    check_ind_response_cover { left, right, difference }
        zh "回应热点或舆情 {left} 次，多于各种方式回应解读合计 {right}，多 {difference}"
        en "{left} hot topics were answered, more than all acts of answering together, {right}, by {difference}";
    check_parts_and_whole { b, left, right, difference }
        zh "{b}：分项合计 {left}，合计数是 {right}，差 {difference}"
        en "{b}: the parts add up to {left}, the whole is {right}, off by {difference}";
    check_at_most { a, left, b, right, difference }
        zh "{a} {left}，大于{b} {right}，多 {difference}"
        en "{a}, {left}, exceeds {b}, {right}, by {difference}";
    check_at_least { a, left, b, right, difference }
        zh "{a} {left}，小于{b} {right}，少 {difference}"
        en "{a}, {left}, falls short of {b}, {right}, by {difference}";
    check_note_own_channel
        zh "；表中另有本地自设的渠道，可能由此而来"
        en "; the table has a channel of the organ's own, which may explain it";
    check_note_reorganised
        zh "；第六部分提到申请的划转或移交，可能由此而来"
        en "; part six speaks of requests moved to or from another organ, which may explain it";

    check_t2_rules_competence { figures }
        zh "没有规章制定权的机关填了规章：{figures}"
        en "An organ without the power to make government rules reports some: {figures}";
    check_t2_decisions_eq_items { row, decisions, formula }
        zh "{row}：处理决定数量 {decisions} 正好等于项目数（{formula}），可能把项目数填成了决定数"
        en "{row}: the {decisions} decisions equal the number of items ({formula}); the item count may have been typed instead";
    check_t2_amount_unit { unit, formula }
        zh "采购总金额的单位应为万元，这里写的是{unit}：{formula}"
        en "The procurement amount is due in 万元 and printed in {unit}: {formula}";
    check_t2_fee_unit_printed { unit, formula }
        zh "本年收费金额的单位应为万元，这里写的是{unit}：{formula}"
        en "The fees collected are due in 万元 and printed in {unit}: {formula}";
    check_t2_fee_unit_large { value }
        zh "本年收费金额 {value} 万元大得不合常理，可能是以元为单位填写的"
        en "Fees of {value} 万元 are beyond reason; the figure may be in 元";
    check_t2_fee_decimals { value }
        zh "本年收费金额 {value} 的位数不合常理"
        en "Fees of {value} have a strange precision";
    check_t2_proc_pair { projects, amount }
        zh "政府集中采购：项目 {projects} 个，金额 {amount}，一个为 0 而另一个不为 0"
        en "Centralised procurement: {projects} projects and an amount of {amount}; one is 0 and the other is not";
    check_t3_total_blank { row, sum }
        zh "{row}：总计空着，而其他格有数；按各格相加应为 {sum}"
        en "{row}: the total is empty beside figures; the cells add up to {sum}";
    check_t3_legal_overflow { count, cell, value }
        zh "法人或其他组织的“其他”列有 {count} 格不为 0（{cell} 为 {value}），可核对申请人类型"
        en "{count} cells of the column for other organisations are not 0 ({cell} is {value}); the kind of applicant may be asked for";
    check_t4_after_review { after }
        zh "复议后起诉 {after} 件，而本年行政复议为 0；复议可能在往年"
        en "{after} cases of litigation after review, and no review this year; it may lie in an earlier year";
    check_v_int { cell, value }
        zh "{cell} 为 {value}，应为整数"
        en "{cell} is {value}, and should be a whole number";
    check_v_neg { cell, value }
        zh "{cell} 为 {value}，不应为负"
        en "{cell} is {value}, and should not be negative";
    check_v_text { cell, text }
        zh "{cell} 应填数字，这里写的是“{text}”"
        en "{cell} should hold a figure and holds “{text}”";
    check_v_blank { table, blanks, zeros }
        zh "“{table}”的表有的格空着（{blanks} 格），有的格写 0（{zeros} 格），写法不一"
        en "The table “{table}” leaves {blanks} cells empty and writes 0 in {zeros}";
    check_c_sections { parts }
        zh "缺少规定的部分：{parts}"
        en "Required parts are missing: {parts}";
    check_c_sections_lost { parts }
        zh "正文从第一部分中间开始，标题缺失：{parts}"
        en "The text starts in the middle of part one, whose heading is lost: {parts}";
    check_c_order { part, after }
        zh "“{part}”排在“{after}”之前，与规定的顺序不符"
        en "The part {part} stands before {after}, against the order of the form";
    check_c_table_missing { table } zh "缺少{table}" en "Missing: {table}";
    check_c_table_missing_all { tables }
        zh "没有规定的统计表：{tables}"
        en "The tables of the form are missing: {tables}";
    check_c_table_empty { table }
        zh "{table}是空的，一个数也没有"
        en "Empty, without a single figure: {table}";
    check_c_template_year { year, due, table, stands }
        zh "{year} 年度应使用 {due}，而“{table}”是 {stands}"
        en "For {year} the {due} was due; “{table}” is of the {stands}";

    check_doubt_report
        zh "；各数都直接读到，更像报告本身有误"
        en "; all figures were read plainly, so the report itself is probably wrong";
    check_doubt_extraction { cells }
        zh "；其中 {cells} 的位置是推定的，请先核对读取"
        en "; the place of {cells} was inferred, so check the reading first";
    check_doubt_given { cells }
        zh "；其中 {cells} 是人工改定的数"
        en "; {cells} was set by a reviewer";
    check_doubt_unclear { cells }
        zh "；其中 {cells} 没有直接读到，难以判断"
        en "; {cells} was not read plainly, so it cannot be told whose error it is";
}
