using System.Text.Json.Nodes;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Control;

/// <summary>Accounts and tokens from the command line: whoever may read the data directory's keys is trusted with them.</summary>
internal static class SecurityVerbs
{
    public static async Task<ControlAnswer> AddUserAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var result = await services.GetRequiredService<IAccounts>().AddAsync(Text(args, "name") ?? "", Text(args, "role") ?? "", Text(args, "org"), Caller(services), ct);
        return result.TryGet(out var secret, out var refusal) ? ControlAnswer.Done(secret.Password) : services.Refuse(refusal);
    }

    public static async Task<ControlAnswer> CreateTokenAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var role = Text(args, "role") ?? "";
        var result = await services.GetRequiredService<IAccounts>().CreateTokenAsync(
            Text(args, "label") ?? role, role, Text(args, "org"), args["days"]?.GetValue<int>(), Text(args, "user"), Caller(services), ct);
        return result.TryGet(out var token, out var refusal) ? ControlAnswer.Done(token.Secret) : services.Refuse(refusal);
    }

    public static Actor Caller(IServiceProvider services) => Actor.Service("cli", services.GetRequiredService<Organisation>().Code);

    public static string? Text(JsonObject args, string name) => args[name]?.GetValue<string>();
}
