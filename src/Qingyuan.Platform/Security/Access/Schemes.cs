namespace Qingyuan.Platform.Security.Access;

/// <summary>Ways to say who one is.</summary>
internal static class Schemes
{
    /// <summary>Chooses by the request: an Authorization header means a token, anything else the console's cookie.</summary>
    public const string Either = "qingyuan";
    public const string Session = "session";
    public const string Token = "token";

    /// <summary>Between the password and the second factor or the new password; opens nothing else.</summary>
    public const string Pending = "pending";
}
