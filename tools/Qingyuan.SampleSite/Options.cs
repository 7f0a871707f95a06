using System.Net;

namespace Qingyuan.SampleSite;

/// <summary>Where the platform is.</summary>
internal sealed record Options(Uri Http, IPEndPoint Hj212, string Data, string Cli)
{
    public const string Usage = "usage: Qingyuan.SampleSite --http URL --hj212 HOST:PORT --data DIR --cli PROGRAM";

    public static Options? Parse(string[] arguments)
    {
        var given = arguments.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        return given.TryGetValue("--http", out var http) && Uri.TryCreate(http, UriKind.Absolute, out var address)
            && given.TryGetValue("--hj212", out var hj212) && IPEndPoint.TryParse(hj212, out var endpoint)
            && given.TryGetValue("--data", out var data) && given.TryGetValue("--cli", out var cli)
            ? new(address, endpoint, data, cli)
            : null;
    }
}
