namespace Qingyuan.Host.Commands;

/// <summary>Exit codes that scripts rely on.</summary>
internal static class Exit
{
    public const int Done = 0;

    /// <summary>The question was well put and the answer is no.</summary>
    public const int No = 1;

    /// <summary>Wrong use or malformed input; one line on standard error says what and where.</summary>
    public const int WrongUse = 2;

    /// <summary>Disk, network, database; also a server that stopped by itself.</summary>
    public const int WorldFailed = 3;
}
