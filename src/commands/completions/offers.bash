# Years of the programme file, workbooks and folders; all other words are offered by _thoatngheo.
_thoatngheo_offers() {
    local cur="${COMP_WORDS[COMP_CWORD]}" command="${COMP_WORDS[1]}" flag="" given=0 programme="" at word
    # Bash makes a word of the sign between a flag and its value.
    [[ "$cur" == "=" ]] && cur=""
    for ((at = 2; at < COMP_CWORD; at++)); do
        word="${COMP_WORDS[at]}"
        case "$word" in
            =) ;;
            -*) flag="$word"; given=0 ;;
            *)
                given=$((given + 1))
                [[ "$flag" == "--programme" && $given -eq 1 ]] && programme="$word"
                ;;
        esac
        case "$command:$flag" in
            @SWITCHES@) flag="" ;;
        esac
    done
    if [[ $given -gt 0 ]]; then
        case "$command:$flag" in
            @MANY@) ;;
            *) flag="" ;;
        esac
    fi
    COMPREPLY=()
    if [[ "$cur" != -* && $COMP_CWORD -ge 2 ]]; then
        case "$command:$flag" in
            @YEARS@)
                COMPREPLY=($(compgen -W "$("$1" completions --years ${programme:+--programme "$programme"} 2>/dev/null)" -- "$cur"))
                return 0
                ;;
            @WORKBOOKS@) _thoatngheo_files workbooks; return 0 ;;
            @PAIRS@) _thoatngheo_files pairs; return 0 ;;
            @PROGRAMME@) _thoatngheo_files toml; return 0 ;;
            @MANIFEST@) _thoatngheo_files json; return 0 ;;
            @FOLDERS@) _thoatngheo_files folders; return 0 ;;
        esac
    fi
    _thoatngheo "$@"
}

# Folders, and the files of a kind; names may have spaces in them.
_thoatngheo_files() {
    local found
    while IFS= read -r found; do COMPREPLY+=("$found"); done < <(compgen -d -- "$cur")
    while IFS= read -r found; do
        case "$1:$found" in
            workbooks:*)
                case "$found" in @WORKBOOK-ENDINGS@) ;; *) continue ;; esac ;;
            pairs:*)
                case "$found" in @PAIR-ENDINGS@) ;; *) continue ;; esac ;;
            toml:*.toml | json:*.json) ;;
            *) continue ;;
        esac
        [[ -d "$found" ]] || COMPREPLY+=("$found")
    done < <(compgen -f -- "$cur")
    compopt -o filenames 2>/dev/null
    return 0
}
