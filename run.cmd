@echo off
rem Builds Qingyuan and starts it with the sample site beside it. "run --no-sample" starts the platform alone.
setlocal
cd /d "%~dp0"
dotnet build src\Qingyuan.Host -c Release -v quiet -clp:ErrorsOnly || exit /b 3
set HOST=src\Qingyuan.Host\bin\Release\net10.0\qingyuan.exe
if "%~1"=="--no-sample" ( "%HOST%" serve --data data & exit /b )
dotnet build tools\Qingyuan.SampleSite -c Release -v quiet -clp:ErrorsOnly || exit /b 3
rem The sample site waits for the platform's listeners by itself.
start "Qingyuan sample site" /b tools\Qingyuan.SampleSite\bin\Release\net10.0\Qingyuan.SampleSite.exe --http http://127.0.0.1:8080 --hj212 127.0.0.1:8212 --data data --cli "%HOST%"
"%HOST%" serve --sample --data data
