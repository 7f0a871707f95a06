using System.Text.Json.Nodes;

namespace Qingyuan.Host.Control;

/// <summary>What a command-line verb asks of whoever holds the data directory.</summary>
internal sealed record ControlRequest(string Verb, JsonObject Args);

/// <summary>What the verb prints and how it ends.</summary>
/// <param name="Exit">One of <see cref="Commands.Exit"/>.</param>
/// <param name="Lines">For standard output, in order.</param>
/// <param name="Error">One line for standard error; null when all went well.</param>
internal sealed record ControlAnswer(int Exit, IReadOnlyList<string> Lines, string? Error)
{
    public static ControlAnswer Done(params string[] lines) => new(Commands.Exit.Done, lines, null);

    public static ControlAnswer No(string why) => new(Commands.Exit.No, [], why);

    public static ControlAnswer Failed(string why) => new(Commands.Exit.WorldFailed, [], why);

    public static ControlAnswer WrongUse(string why) => new(Commands.Exit.WrongUse, [], why);
}
