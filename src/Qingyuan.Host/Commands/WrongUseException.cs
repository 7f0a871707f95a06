namespace Qingyuan.Host.Commands;

/// <summary>The caller asked for something that cannot be meant: ends the verb with exit code 2 and this sentence.</summary>
internal sealed class WrongUseException(string message) : Exception(message);
