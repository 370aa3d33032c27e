# The yearly report from the Task Scheduler of Windows: checks the workbooks, makes the reports beside the last ones,
# verifies them, and only then puts them in their place. Each step leaves a line in the log, with the time, the exit code
# and the seconds. The same job as yearly-report.sh. Runs in Windows PowerShell 5.1 and in PowerShell 7.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File yearly-report.ps1 -Folder D:\lak [-Year 2023]
#
# A task for three on Monday mornings:
#
#   schtasks /Create /TN thoatngheo /SC WEEKLY /D MON /ST 03:00 /TR "powershell -NoProfile -ExecutionPolicy Bypass -File D:\thoatngheo\yearly-report.ps1 -Folder D:\lak"
#
# The folder holds thoatngheo.toml; without -Year every year of the file is made. The exit code is that of the program:
# 0 made; 1 made, and something needs a person (bao-cao\kiem-tra.json and the log say what); 2 not made, and the last
# reports are where they were. -Program, or the variable THOATNGHEO, names the program where it is not on the PATH.
#
# The folder then holds bao-cao\ (the reports, a folder a year), bao-cao.truoc\ (those before) and nhat-ky.log.
param(
    [Parameter(Mandatory = $true)][string]$Folder,
    [int]$Year = 0,
    [string]$Program = $(if ($env:THOATNGHEO) { $env:THOATNGHEO } else { 'thoatngheo' })
)

# What the program says on standard error is no failure: its exit code is. Cmdlets that must work say so themselves.
$ErrorActionPreference = 'Continue'
Set-StrictMode -Version 2

if (-not (Test-Path -LiteralPath $Folder -PathType Container)) {
    [Console]::Error.WriteLine("yearly-report.ps1: there is no folder $Folder")
    exit 2
}
Set-Location -LiteralPath $Folder
$here = (Get-Location).ProviderPath
$log = Join-Path $here 'nhat-ky.log'
$last = Join-Path $here 'bao-cao'
$new = Join-Path $here 'bao-cao.moi'
$before = Join-Path $here 'bao-cao.truoc'
$lockFile = Join-Path $here 'bao-cao.khoa'
$script:worst = 0
$script:lock = $null

# The program writes UTF-8. A task without a window has no console whose encoding could be set, and needs none.
try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { }

function Write-Log([string]$Text) {
    Add-Content -LiteralPath $log -Encoding UTF8 -Value ('{0} {1}' -f (Get-Date -Format 'yyyy-MM-ddTHH:mm:sszzz'), $Text)
}

function Remove-Whole([string]$Path) {
    if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Recurse -Force -ErrorAction Stop }
}

# The lock is a file that this process holds open: when the process ends, in whatever way, it is free again.
function Close-Lock {
    if ($null -ne $script:lock) {
        $script:lock.Dispose()
        $script:lock = $null
        Remove-Item -LiteralPath $lockFile -Force -ErrorAction SilentlyContinue
    }
}

# Ends the run; what was begun goes, and the last reports stay.
function Stop-Failed([string]$Why) {
    Write-Log "failed: $Why"
    [Console]::Error.WriteLine("yearly-report.ps1: failed: $Why; the log is $log")
    try { Remove-Whole $new } catch { Write-Log "left behind: $new" }
    Close-Lock
    exit 2
}

# Runs a step and returns its exit code. The codes 0 and 1 go on and the worse of them is kept; any other ends the run.
function Invoke-Step([string]$Name, [string[]]$Arguments) {
    $begun = Get-Date
    $global:LASTEXITCODE = $null
    try {
        & $Program @Arguments 2>&1 | ForEach-Object { Add-Content -LiteralPath $log -Encoding UTF8 -Value "$_" }
    } catch {
        Stop-Failed "$Name`: $_"
    }
    $code = $global:LASTEXITCODE
    if ($null -eq $code) { Stop-Failed "$Name`: $Program cannot be run" }
    $seconds = [int]((Get-Date) - $begun).TotalSeconds
    Write-Log "$Name`: exit $code, $seconds s"
    if ($code -eq 1) {
        $script:worst = 1
    } elseif ($code -ne 0) {
        Stop-Failed $Name
    }
    return $code
}

try {
    $script:lock = [System.IO.File]::Open($lockFile, 'OpenOrCreate', 'ReadWrite', 'None')
} catch {
    [Console]::Error.WriteLine("yearly-report.ps1: another run is at work in $here")
    exit 2
}

try {
    # A run that was killed between the two renames below left the last reports under the name of those before.
    if (-not (Test-Path -LiteralPath $last) -and (Test-Path -LiteralPath $before)) {
        Rename-Item -LiteralPath $before -NewName 'bao-cao' -ErrorAction Stop
    }
    Remove-Whole $new
    New-Item -ItemType Directory -Path $new -ErrorAction Stop | Out-Null
} catch {
    Stop-Failed "the folder cannot be prepared: $_"
}

# Paths are given as they stand in the folder, so that the manifest names the inputs in the same way wherever it lies.
Write-Log 'begins'
if ($Year -ne 0) {
    Invoke-Step "check $Year" @('check', '--year', "$Year", '--quiet', '-o', 'bao-cao.moi/kiem-tra.json') | Out-Null
    Invoke-Step "report $Year" @('report', '--year', "$Year", '--quiet', '-o', "bao-cao.moi/$Year") | Out-Null
} else {
    Invoke-Step 'check' @('check', '--quiet', '-o', 'bao-cao.moi/kiem-tra.json') | Out-Null
    Invoke-Step 'report' @('report', '--all-years', '--quiet', '-o', 'bao-cao.moi') | Out-Null
}

# A report is whole when its manifest is there, which is written last, and says what lies beside it.
$made = @(Get-ChildItem -LiteralPath $new -Directory | Where-Object { Test-Path -LiteralPath (Join-Path $_.FullName 'manifest.json') })
if ($made.Count -eq 0) { Stop-Failed 'no report was made' }
foreach ($folderOfYear in $made) {
    $manifest = 'bao-cao.moi/{0}/manifest.json' -f $folderOfYear.Name
    $code = Invoke-Step "verify $manifest" @('verify', $manifest, '--quiet')
    if ($code -ne 0) { Stop-Failed "$manifest is unlike its files" }
}

try {
    # Years that were not made this time keep their last reports.
    if (Test-Path -LiteralPath $last) {
        foreach ($folderOfYear in @(Get-ChildItem -LiteralPath $last -Directory)) {
            $there = Join-Path $new $folderOfYear.Name
            if (-not (Test-Path -LiteralPath (Join-Path $there 'manifest.json'))) {
                Remove-Whole $there
                Copy-Item -LiteralPath $folderOfYear.FullName -Destination $there -Recurse -ErrorAction Stop
                Write-Log "kept: $($folderOfYear.Name)"
            }
        }
    }
    # A workbook that somebody has open cannot be moved away; then the last reports stay, and the next run tries again.
    Remove-Whole $before
    if (Test-Path -LiteralPath $last) { Rename-Item -LiteralPath $last -NewName 'bao-cao.truoc' -ErrorAction Stop }
    try {
        Rename-Item -LiteralPath $new -NewName 'bao-cao' -ErrorAction Stop
    } catch {
        if (Test-Path -LiteralPath $before) { Rename-Item -LiteralPath $before -NewName 'bao-cao' -ErrorAction Stop }
        throw
    }
} catch {
    Stop-Failed "the new reports cannot be put in place: $_"
}
Write-Log "ends: exit $($script:worst)"
Close-Lock
exit $script:worst
