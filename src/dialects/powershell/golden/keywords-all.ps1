Get-WinEvent -LogName * | Where-Object { $x = [xml]$_.ToXml(); $v = $x.SelectNodes('//text() | /*/*[1]//@*').Value; $v -like '*sshd*' -and $v -like '*Failed password for root*' }
