using System.CommandLine;
using System.Text.Json.Nodes;
using Qingyuan.Host.Control;

namespace Qingyuan.Host.Commands;

/// <summary><c>user add</c>: prints the one-time password alone on the last line.</summary>
internal static class UserCommand
{
    public static Command Build()
    {
        var name = new Argument<string>("name") { Description = "User name." };
        var role = DataOptions.Role();
        var organisation = DataOptions.Organisation();
        var (data, database) = (DataOptions.Data(), DataOptions.Database());
        var add = new Command("add", "Adds an account; prints its one-time password.") { name, role, organisation, data, database };
        add.SetAction((parsed, ct) => ControlClient.RunAsync(
            DataOptions.Said(parsed, data, database),
            new("user add", new JsonObject { ["name"] = parsed.GetValue(name), ["role"] = parsed.GetValue(role), ["org"] = parsed.GetValue(organisation) }),
            ct));
        return new Command("user", "Accounts.") { add };
    }
}
