# The years of the programme file, of the one on the line where it names one.
function __thoatngheo_years
    set -l words (commandline -opc)
    set -l programme
    set -l at (contains -i -- --programme $words)
    and set programme --programme $words[(math $at + 1)]
    command thoatngheo completions --years $programme 2>/dev/null
end

# Folders, and the files with one of the endings that are given.
function __thoatngheo_files
    set -l endings (string join '|' $argv)
    complete -C "'' "(commandline -ct) | string match -r -i -e "/\$|\\.(?:$endings)\$"
end
