using Qingyuan.Host.Commands;

return await Cli.RunAsync(args);
