//! What is added to every finding: whose mistake it more probably is. What a rule itself says
//! stands with the rule.

use super::messages;

messages! {
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
    check_more_cells { cells, count }
        zh "{cells}等 {count} 格"
        en "{cells} and {count} more";
    check_table { table }
        zh "“{table}”表"
        en "the table “{table}”";
}
