#!/bin/sh
# The yearly report from a scheduler: checks the workbooks, makes the reports beside the last ones, verifies them, and only
# then puts them in their place. Each step leaves a line in the log, with the time, the exit code and the seconds.
#
#   yearly-report.sh FOLDER [YEAR]
#
# FOLDER holds thoatngheo.toml; without YEAR every year of the file is made. In cron, at three on Monday mornings:
#
#   0 3 * * 1  /opt/thoatngheo/yearly-report.sh /data/lak
#
# The exit code is that of the program: 0 made; 1 made, and something needs a person (bao-cao/kiem-tra.json and the log
# say what); 2 not made, and the last reports are where they were. THOATNGHEO names the program where it is not on the PATH.
#
# FOLDER then holds bao-cao/ (the reports, a folder a year), bao-cao.truoc/ (those before) and nhat-ky.log.
set -u

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: yearly-report.sh FOLDER [YEAR]" >&2
    exit 2
fi
cd "$1" || exit 2
year="${2:-}"
program="${THOATNGHEO:-thoatngheo}"
log=nhat-ky.log
last=bao-cao
new=bao-cao.moi
before=bao-cao.truoc
lock=bao-cao.khoa
worst=0

note() { printf '%s %s\n' "$(date '+%Y-%m-%dT%H:%M:%S%z')" "$*" >>"$log"; }

# Ends the run; what was begun goes, and the last reports stay.
fail() {
    note "failed: $*"
    echo "yearly-report.sh: failed: $*; the log is $(pwd)/$log" >&2
    rm -rf "$new" "$lock"
    exit 2
}

# Runs a step. The codes 0 and 1 go on and the worse of them is kept; any other ends the run.
step() {
    name=$1
    shift
    begun=$(date +%s)
    "$@" >>"$log" 2>&1
    code=$?
    note "$name: exit $code, $(($(date +%s) - begun)) s"
    case $code in
    0) ;;
    1) worst=1 ;;
    *) fail "$name" ;;
    esac
}

# One run at a time. The lock of a run that was killed names a process that is gone, and is taken over.
if ! mkdir "$lock" 2>/dev/null; then
    if kill -0 "$(cat "$lock/pid" 2>/dev/null)" 2>/dev/null; then
        echo "yearly-report.sh: another run is at work in $(pwd)" >&2
        exit 2
    fi
    note "the run before did not end; its lock is taken over"
fi
echo $$ >"$lock/pid" || exit 2
trap 'fail "stopped"' INT TERM HUP

# A run that was killed between the two renames below left the last reports under the name of those before.
if [ ! -d "$last" ] && [ -d "$before" ]; then
    mv "$before" "$last" || fail "the last reports cannot be put back"
fi
rm -rf "$new"
mkdir "$new" || fail "the folder cannot be written"

note "begins"
if [ -n "$year" ]; then
    step "check $year" "$program" check --year "$year" --quiet -o "$new/kiem-tra.json"
    step "report $year" "$program" report --year "$year" --quiet -o "$new/$year"
else
    step "check" "$program" check --quiet -o "$new/kiem-tra.json"
    step "report" "$program" report --all-years --quiet -o "$new"
fi

# A report is whole when its manifest is there, which is written last, and says what lies beside it.
for manifest in "$new"/*/manifest.json; do
    [ -f "$manifest" ] || fail "no report was made"
    step "verify $manifest" "$program" verify "$manifest" --quiet
    [ "$code" -eq 0 ] || fail "$manifest is unlike its files"
done

# Years that were not made this time keep their last reports.
for folder in "$last"/*/; do
    kept=$(basename "$folder")
    if [ -d "$folder" ] && [ ! -f "$new/$kept/manifest.json" ]; then
        rm -rf "${new:?}/$kept"
        cp -Rp "$last/$kept" "$new/$kept" || fail "the last reports of $kept cannot be kept"
        note "kept: $kept"
    fi
done

rm -rf "$before"
if [ -d "$last" ]; then
    mv "$last" "$before" || fail "the last reports cannot be put aside"
fi
mv "$new" "$last" || {
    mv "$before" "$last"
    fail "the new reports cannot be put in place"
}
note "ends: exit $worst"
rm -rf "$lock"
exit "$worst"
