using Qingyuan.Hj212.Messages;

namespace Qingyuan.Hj212.Sessions;

/// <summary>What a logger's session makes of a message from the host.</summary>
public enum HeardKind
{
    /// <summary>Nothing to do: a repeat that was answered again, a late answer, or no message for a logger.</summary>
    Nothing,

    /// <summary>A request to carry out: the application replies, uploads what is asked for and finishes.</summary>
    Request,

    /// <summary>A notice to act on; its 9013 is on its way.</summary>
    Notice,

    /// <summary>The host has taken an upload.</summary>
    Uploaded,
}

/// <summary>What was heard.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Message">The request or notice; null otherwise.</param>
/// <param name="Qn">QN of the request, the notice, or the upload that was taken.</param>
public readonly record struct Heard(HeardKind Kind, Message? Message, string? Qn);
