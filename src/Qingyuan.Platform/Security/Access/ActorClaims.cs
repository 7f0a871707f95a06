using System.Security.Claims;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.SignIn;

namespace Qingyuan.Platform.Security.Access;

/// <summary>An actor as claims and back.</summary>
internal static class ActorClaims
{
    public const string Session = "sid";
    public const string Stamp = "stamp";
    public const string AccountId = "account";
    private const string Id = "sub";
    private const string Organisation = "org";
    private const string Authentication = "auth";

    public static ClaimsIdentity Identity(Actor actor, string scheme) => new(
        [new(Id, actor.Id), new(ClaimTypes.Name, actor.Id[2..]), new(ClaimTypes.Role, actor.Role), new(Organisation, actor.Organisation), new(Authentication, actor.Authentication)], scheme);

    public static ClaimsPrincipal Of(AccountRow account, SessionRow session, string authentication)
    {
        var identity = Identity(account.ToActor(authentication), Schemes.Session);
        identity.AddClaims([new(Session, session.Id.ToString()), new(Stamp, account.SecurityStamp), new(AccountId, account.Id.ToString())]);
        return new(identity);
    }

    /// <summary>Half a sign-in: names the account, carries no role.</summary>
    public static ClaimsPrincipal Pending(AccountRow account, bool codeTaken) =>
        new(new ClaimsIdentity([new(AccountId, account.Id.ToString()), new(Stamp, account.SecurityStamp), new(Authentication, codeTaken ? "totp" : "password")], Schemes.Pending));

    public static Actor? ToActor(this ClaimsPrincipal person) => person.FindFirstValue(Id) is { } id && person.FindFirstValue(ClaimTypes.Role) is { } role
        ? new(id, role, person.FindFirstValue(Organisation) ?? "", person.AuthenticationWay())
        : null;

    public static string AuthenticationWay(this ClaimsPrincipal person) => person.FindFirstValue(Authentication) ?? "";
}
