using Qingyuan.Workbench;

Isolation.StepBack();
return await Session.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
