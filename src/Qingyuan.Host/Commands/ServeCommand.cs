using System.CommandLine;
using Qingyuan.Host.Serving;

namespace Qingyuan.Host.Commands;

/// <summary><c>serve</c>: the platform alone.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Data = DataOptions.Data();
    private static readonly Option<string?> Database = DataOptions.Database();
    private static readonly Option<string?> Http = Address("--http", "Console and API (default 127.0.0.1:8080).");
    private static readonly Option<string?> Hj212 = Address("--hj212", "HJ 212 listener (default 127.0.0.1:8212).");
    private static readonly Option<string?> Https = Address("--https", "Console and API over TLS; needs --cert.");
    private static readonly Option<string?> Certificate = new("--cert") { Description = "Certificate with its key: .pfx, or .pem holding both; a password stands in QINGYUAN__CertificatePassword.", HelpName = "FILE" };
    private static readonly Option<string?> Cluster = Address("--cluster", "Where the other nodes on the same --db reach this one; while it waits it brings the serving one what comes to its addresses. On another port (setting MemberPort) they ask each other whether they live.");
    private static readonly Option<bool> BehindProxy = new("--behind-proxy") { Description = "Trust X-Forwarded-For and -Proto of a proxy on this machine." };
    private static readonly Option<bool> Insecure = new("--insecure") { Description = "Allow plain HTTP on addresses other than loopback." };
    private static readonly Option<bool> Sample = new("--sample") { Description = "First start also makes one account for each business role." };

    public static Command Build()
    {
        var command = new Command("serve", "Runs the platform until Ctrl-C or SIGTERM.")
            { Data, Database, Http, Hj212, Https, Certificate, Cluster, BehindProxy, Insecure, Sample };
        command.SetAction((parsed, _) => Server.RunAsync(Settings(parsed)));
        return command;
    }

    // Only what was said: what was not said is left to the environment and the settings file.
    private static Dictionary<string, string?> Settings(ParseResult parsed)
    {
        Dictionary<string, string?> said = new()
        {
            [ServerSettings.DataKey] = parsed.GetValue(Data),
            [nameof(ServerSettings.Database)] = parsed.GetValue(Database),
            [nameof(ServerSettings.Http)] = parsed.GetValue(Http),
            [nameof(ServerSettings.Hj212)] = parsed.GetValue(Hj212),
            [nameof(ServerSettings.Https)] = parsed.GetValue(Https),
            [nameof(ServerSettings.Certificate)] = parsed.GetValue(Certificate),
            [nameof(ServerSettings.Cluster)] = parsed.GetValue(Cluster),
            [nameof(ServerSettings.BehindProxy)] = parsed.GetValue(BehindProxy) ? "true" : null,
            [nameof(ServerSettings.Insecure)] = parsed.GetValue(Insecure) ? "true" : null,
            [nameof(ServerSettings.Sample)] = parsed.GetValue(Sample) ? "true" : null,
        };
        return said.Where(pair => pair.Value is not null).ToDictionary();
    }

    private static Option<string?> Address(string name, string description) => new(name) { Description = description, HelpName = "HOST:PORT" };
}
