namespace Qingyuan.Platform.Shared;

/// <summary>The one organisation this installation belongs to: the <c>org</c> of what the platform itself does.</summary>
public sealed record Organisation(string Code)
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "Organisation";

    /// <summary>The code of one that the settings do not name.</summary>
    public const string Unnamed = "self";
}
