using System.CommandLine;
using System.Text.Json.Nodes;
using Qingyuan.Host.Control;

namespace Qingyuan.Host.Commands;

/// <summary><c>token create</c>: prints the secret alone on the last line.</summary>
internal static class TokenCommand
{
    public static Command Build()
    {
        var role = DataOptions.Role();
        var organisation = DataOptions.Organisation();
        var days = new Option<int?>("--days") { Description = "Valid for so many days; without it until revoked.", HelpName = "N" };
        var user = new Option<string?>("--user") { Description = "Account in whose name the token acts; must have the role.", HelpName = "NAME" };
        var label = new Option<string?>("--label") { Description = "What the token is for.", HelpName = "TEXT" };
        var (data, database) = (DataOptions.Data(), DataOptions.Database());
        var create = new Command("create", "Creates an API token; prints its secret.") { role, organisation, days, user, label, data, database };
        create.SetAction((parsed, ct) => ControlClient.RunAsync(
            DataOptions.Said(parsed, data, database),
            new("token create", new JsonObject
            {
                ["role"] = parsed.GetValue(role), ["org"] = parsed.GetValue(organisation), ["days"] = parsed.GetValue(days), ["user"] = parsed.GetValue(user), ["label"] = parsed.GetValue(label),
            }),
            ct));
        return new Command("token", "API tokens.") { create };
    }
}
