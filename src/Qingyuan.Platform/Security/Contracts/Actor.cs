namespace Qingyuan.Platform.Security.Contracts;

/// <summary>Who did it: a person, a device, or a named rule of the platform.</summary>
/// <param name="Id">Stable id: <c>u:NAME</c>, <c>d:MN</c>, <c>s:SERVICE</c>, <c>r:RULE@VERSION</c>.</param>
/// <param name="Role">One of <see cref="Roles"/>, or <c>device</c> / <c>service</c>.</param>
/// <param name="Organisation">The actor's organisation code; a regulator's may be several, with commas between.</param>
/// <param name="Authentication">How: <c>password</c>, <c>totp</c>, <c>token</c>, <c>device</c>, <c>service</c>.</param>
public sealed record Actor(string Id, string Role, string Organisation, string Authentication)
{
    /// <summary>Each code of <see cref="Organisation"/>.</summary>
    public string[] OrganisationCodes() => Organisation.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The platform itself, acting by a named service.</summary>
    public static Actor Service(string name, string organisation) => new("s:" + name, "service", organisation, "service");
}
