using System.CommandLine;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Commands;

/// <summary>The command line <c>qingyuan</c>: every verb is listed here, nothing is scanned.</summary>
internal static class Cli
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors is [var first, ..]) return Say(Exit.WrongUse, WrongWord(parsed) ?? first.Message);
        if (WrongDatabase(parsed) is { } fault) return Say(Exit.WrongUse, fault);
        try
        {
            // Signals belong to the verb: a server that stops needs more than the parser's two seconds.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception error) when (WrongSetting.Explain(error) is { } why)
        {
            return Say(Exit.WrongUse, why);
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
        MoveCommand.Build(),
    };

    /// <summary>Where a command belongs and another word, or none, stands.</summary>
    private static string? WrongWord(ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name).ToArray();
        if (known.Length is 0) return null;
        var wrong = parsed.UnmatchedTokens is [var word, ..] ? $"'{word}' is no command" : "a command is missing";
        return $"{wrong}; there are {string.Join(", ", known)}. --help explains them.";
    }

    // Every verb that has the option, before any begins.
    private static string? WrongDatabase(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name is "--db") is { } option
            && parsed.GetValue(option) is { } said && DatabaseAddress.Fault(said) is { } why
                ? $"--db: {why}"
                : null;

    private static int Say(int code, string why)
    {
        Terminal.Error.WriteLine($"qingyuan: {why.ReplaceLineEndings(" ")}");
        return code;
    }
}
