@echo off
rem Builds Qingyuan and starts it, with the sample site beside it unless --no-sample is said. Other options go to "qingyuan serve".
setlocal
cd /d "%~dp0"
set SAMPLE=yes
set HTTP=127.0.0.1:8080
set HJ212=127.0.0.1:8212
set DATA=data
set REST=

:option
if "%~1"=="" goto build
if "%~1"=="--no-sample" goto plain
if "%~1"=="--http" goto http
if "%~1"=="--hj212" goto hj212
if "%~1"=="--data" goto data
set REST=%REST% %1
shift
goto option
:plain
set SAMPLE=no
shift
goto option
:http
set HTTP=%~2
shift
shift
goto option
:hj212
set HJ212=%~2
shift
shift
goto option
:data
set DATA=%~2
shift
shift
goto option

:build
where dotnet >nul 2>nul || ( echo The .NET 10 SDK is missing: https://learn.microsoft.com/dotnet/core/install/windows 1>&2 & exit /b 3 )
dotnet build src\Qingyuan.Host -c Release -v quiet -clp:ErrorsOnly || exit /b 3
set PROGRAM=src\Qingyuan.Host\bin\Release\net10.0\qingyuan.exe
if "%SAMPLE%"=="no" goto alone
dotnet build tools\Qingyuan.SampleSite -c Release -v quiet -clp:ErrorsOnly || exit /b 3
rem What the sample loggers understand beyond the standard; the platform reads adapters when it starts.
if not exist "%DATA%\adapters" mkdir "%DATA%\adapters"
copy /y tools\Qingyuan.SampleSite\Data\adapters\*.json "%DATA%\adapters" >nul
rem The sample site waits for the platform's listeners by itself, and ends with this console.
start "Qingyuan sample site" /b tools\Qingyuan.SampleSite\bin\Release\net10.0\Qingyuan.SampleSite.exe --http http://%HTTP% --hj212 %HJ212% --data "%DATA%" --cli "%PROGRAM%"
"%PROGRAM%" serve --sample --http %HTTP% --hj212 %HJ212% --data "%DATA%" %REST%
exit /b

:alone
"%PROGRAM%" serve --http %HTTP% --hj212 %HJ212% --data "%DATA%" %REST%
exit /b
