using System.CommandLine;
using Microsoft.Extensions.Options;

namespace Qingyuan.Host.Commands;

/// <summary>The command line <c>qingyuan</c>: every verb is listed here, nothing is scanned.</summary>
internal static class Cli
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors is [var first, ..]) return Say(Exit.WrongUse, first.Message);
        try
        {
            // Signals belong to the verb: a server that stops needs more than the parser's two seconds.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (WrongUseException error)
        {
            return Say(Exit.WrongUse, error.Message);
        }
        catch (OptionsValidationException error)
        {
            return Say(Exit.WrongUse, error.Message);
        }
        catch (Exception error) when (WorldFailure.Explain(error) is { } why)
        {
            return Say(Exit.WorldFailed, why);
        }
    }

    private static RootCommand Root() => new("清源 Qingyuan: operation and maintenance of pollution-source monitoring stations")
    {
        ServeCommand.Build(),
        UserCommand.Build(),
        TokenCommand.Build(),
        StationCommand.Build(),
        ImportFramesCommand.Build(),
        DecodeCommand.Build(),
        EncodeCommand.Build(),
        LedgerCommand.Build(),
        BackupCommand.Build(),
    };

    private static int Say(int code, string why)
    {
        Terminal.Error.WriteLine($"qingyuan: {why.ReplaceLineEndings(" ")}");
        return code;
    }
}
