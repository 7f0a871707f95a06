using System.CommandLine;
using System.Text.Json.Nodes;
using Qingyuan.Host.Control;

namespace Qingyuan.Host.Commands;

/// <summary><c>station add</c> prints the station as one JSON line and may be repeated; <c>station import</c> one line for each row.</summary>
internal static class StationCommand
{
    public static Command Build() => new("station", "The archive.") { Add(), Import() };

    private static Command Add()
    {
        var mn = new Argument<string>("mn") { Description = "MN the logger sends." };
        var (data, database) = (DataOptions.Data(), DataOptions.Database());
        var command = new Command("add", "Files a station.") { mn, data, database };
        (string Option, string Member, string Help, bool Needed)[] members =
        [
            ("--name", "name", "Name.", true), ("--kind", "kind", "water | gas", true), ("--edition", "edition", "2005 | 2017 | 2025", true), ("--password", "password", "PW the logger sends.", true),
            ("--discharger", "dischargerCode", "Code of the discharger.", false), ("--discharger-name", "dischargerName", "Name of the discharger.", false),
            ("--outlet", "outlet", "Outlet, such as DA001.", false), ("--permit", "permitNo", "Discharge permit.", false), ("--technician", "technician", "Responsible technician's user name.", false),
            ("--reference-oxygen", "referenceOxygen", "Percent.", false),
            ("--longitude", "longitude", "Degrees east.", false), ("--latitude", "latitude", "Degrees north.", false), ("--datum", "datum", "wgs84 | gcj02, what the position is counted in.", false),
        ];
        var options = members.Select(member => (member.Member, Option: new Option<string?>(member.Option) { Description = member.Help, Required = member.Needed })).ToArray();
        foreach (var (_, option) in options) command.Options.Add(option);
        command.SetAction((parsed, ct) => ControlClient.RunAsync(
            DataOptions.Said(parsed, data, database),
            new("station add", new JsonObject([
                KeyValuePair.Create("mn", (JsonNode?)parsed.GetValue(mn)),
                .. options.Select(option => (option.Member, Value: parsed.GetValue(option.Option))).Where(said => said.Value is not null)
                    .Select(said => KeyValuePair.Create(said.Member, (JsonNode?)said.Value))])),
            ct));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "xlsx or csv: first row holds the names of the members, as in the API." };
        var (data, database) = (DataOptions.Data(), DataOptions.Database());
        var command = new Command("import", "Files the stations of a table.") { file, data, database };
        command.SetAction((parsed, ct) => ControlClient.RunAsync(DataOptions.Said(parsed, data, database), new("station import", new JsonObject { ["rows"] = StationTable.Read(parsed.GetValue(file)!) }), ct));
        return command;
    }
}
