@echo off
rem Unit, spec and architecture tests. PostgreSQL, browser and process tests need a Linux shell: ./test
setlocal enabledelayedexpansion
cd /d "%~dp0"
where dotnet >nul 2>nul || ( echo The .NET 10 SDK is missing: https://learn.microsoft.com/dotnet/core/install/windows 1>&2 & exit /b 3 )
dotnet build Qingyuan.slnx -c Release -v quiet -clp:ErrorsOnly || exit /b 3
set FAILED=0
for %%p in (Hj212 Rules Ledger Architecture) do (
  tests\Qingyuan.%%p.Tests\bin\Release\net10.0\Qingyuan.%%p.Tests.exe || set FAILED=1
)
exit /b !FAILED!
