
# The years of the programme file, of the one on the line where it names one.
_thoatngheo_years() {
    local -a programme years
    local at=${words[(I)--programme]}
    (( at && at < CURRENT )) && programme=(--programme "${(Q)words[at + 1]}")
    years=(${(f)"$(_call_program years thoatngheo completions --years ${(q)programme} 2>/dev/null)"})
    compadd -a years
}

_thoatngheo_workbooks() {
    _files -g "(#i)*.(@WORKBOOK-ENDINGS@)(-.)"
}

_thoatngheo_pairs() {
    _files -g "(#i)*.(@PAIR-ENDINGS@)(-.)"
}
