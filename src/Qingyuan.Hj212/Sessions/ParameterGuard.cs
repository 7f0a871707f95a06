using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Sessions;

/// <summary>What a host session never sends: a parameter that measured values are computed with (slope, intercept, range and the like). They are changed on site only, by people.</summary>
/// <remarks>Everything is refused but what is known to be harmless: which further information codes carry coefficients differs by maker.</remarks>
public static class ParameterGuard
{
    private const int SetParameter = 3021;

    // i13003: measuring interval (HJ 212-2017 table B.10).
    private static readonly string[] Harmless = ["i13003"];

    /// <summary>True for a 3021 that sets anything else than a harmless parameter.</summary>
    public static bool Forbids(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Command != SetParameter) return false;
        return message.Body is not ParameterSetting setting || !Harmless.Contains(setting.InfoId);
    }

    /// <summary>True for a command code that a maker's own frame must not have: nobody can say what a 3021 of a maker's sets.</summary>
    public static bool Forbids(int command) => command == SetParameter;
}
