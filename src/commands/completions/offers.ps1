    # Years of the programme file, workbooks and folders, told by the flag before the word under the cursor.
    $flag = ''
    $given = 0
    $programme = @()
    $subcommand = ''
    foreach ($element in @($commandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text.Trim("'", '"')
        if ($subcommand -eq '') { $subcommand = $word; continue }
        if ($word.StartsWith('-')) {
            $flag = $word
            $given = 0
        } else {
            $given++
            if ($flag -eq '--programme' -and $given -eq 1) { $programme = @('--programme', $word) }
        }
        if (@(@SWITCHES@) | Where-Object { "${subcommand}:$flag" -like $_ }) { $flag = '' }
    }
    if ($given -gt 0 -and -not (@(@MANY@) | Where-Object { "${subcommand}:$flag" -like $_ })) { $flag = '' }
    if ($subcommand -ne '' -and -not $wordToComplete.StartsWith('-')) {
        $key = "${subcommand}:$flag"
        if (@(@YEARS@) | Where-Object { $key -like $_ }) {
            & $commandElements[0].Extent.Text completions --years @programme 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_) }
            return
        }
        $endings = $null
        if (@(@WORKBOOKS@) | Where-Object { $key -like $_ }) { $endings = @(@WORKBOOK-ENDINGS@) }
        if (@(@PAIRS@) | Where-Object { $key -like $_ }) { $endings = @(@PAIR-ENDINGS@) }
        if (@(@PROGRAMME@) | Where-Object { $key -like $_ }) { $endings = @('.toml') }
        if (@(@MANIFEST@) | Where-Object { $key -like $_ }) { $endings = @('.json') }
        if (@(@FOLDERS@) | Where-Object { $key -like $_ }) { $endings = @() }
        if ($null -ne $endings) {
            [CompletionCompleters]::CompleteFilename($wordToComplete) | Where-Object {
                $_.ResultType -eq [CompletionResultType]::ProviderContainer -or
                $endings -contains [System.IO.Path]::GetExtension($_.ListItemText)
            }
            return
        }
    }
