using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Qingyuan.Host.Commands;
using Qingyuan.Host.Relaying;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Listening;

namespace Qingyuan.Host.Serving;

/// <summary>The addresses the platform opens, checked before anything starts, and what they became once open.</summary>
internal sealed class Listeners
{
    private readonly List<Line> _lines = [];
    private readonly ServerCertificate? _certificate;
    private readonly IPEndPoint? _cluster;

    /// <exception cref="WrongUseException">An address that cannot be read, plain HTTP beyond loopback, or TLS without a certificate.</exception>
    public Listeners(ServerSettings settings)
    {
        var http = Parse("--http", settings.Http);
        if (!IPAddress.IsLoopback(http.Address) && !settings.Insecure)
            throw new WrongUseException($"plain HTTP on {settings.Http} would carry passwords readably; use --https HOST:PORT --cert FILE, bind to 127.0.0.1, or say --insecure");
        _lines.Add(new("http", http, null, _ => { }));
        _lines.Add(new("hj212", Parse("--hj212", settings.Hj212), LineRules.Open, _ => { }));
        if (settings.Https is not null)
        {
            _certificate = ServerCertificate.Load(settings.Certificate ?? throw new WrongUseException("--https needs --cert FILE"), settings.CertificatePassword);
            _lines.Add(new("https", Parse("--https", settings.Https), null, listen => listen.UseHttps(_certificate.Apply)));
        }

        for (var i = 0; i < settings.Hj212Listeners.Count; i++) AddLine(i, settings.Hj212Listeners[i]);
        _cluster = ClusterAddress(settings);
    }

    /// <summary>Where the other nodes bring what comes to them; null when this installation has none.</summary>
    public RelayedListener? Relayed { get; private set; }

    /// <summary>Opens them for the platform itself.</summary>
    public void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        foreach (var line in _lines)
        {
            if (line.Rules is { } rules) kestrel.ListenHj212(line.EndPoint, rules, listen => line.Configure(line.Open = listen));
            else kestrel.Listen(line.EndPoint, listen => line.Configure(line.Open = listen));
        }

        if (_cluster is null) return;
        Relayed = new(_cluster, NodeIdentity.Create(kestrel.ApplicationServices.GetRequiredService<TimeProvider>()));
        Relayed.Apply(kestrel);
    }

    /// <summary>Opens them for a node that waits: with the same certificates and rules, and <paramref name="run"/> instead of the platform: the connection, the name of its line, whether it is one of loggers in clear.</summary>
    public void Relay(KestrelServerOptions kestrel, Func<ConnectionContext, string, bool, Task> run)
    {
        kestrel.AddServerHeader = false;
        foreach (var line in _lines)
            kestrel.Listen(line.EndPoint, listen =>
            {
                line.Open = listen;
                listen.Protocols = HttpProtocols.Http1; // what a browser agrees with this node must be what the serving node speaks
                if (line.Rules is { } rules) listen.GuardHj212(rules);
                line.Configure(listen);
                listen.Run(connection => run(connection, line.Name, line.Rules is { Encrypted: false }));
            });
    }

    /// <summary>From now on the ports are those that were really taken.</summary>
    public void Keep()
    {
        foreach (var line in _lines) line.EndPoint = line.Open!.IPEndPoint!;
    }

    /// <summary>The line that says all listeners are open, with the ports that were really taken.</summary>
    public string Ready() => "ready " + Addresses();

    /// <summary>Name and address of each.</summary>
    public string Addresses() => string.Join(' ', _lines.Select(line => $"{line.Name}={(line.Rules is null ? line.Name + "://" : "")}{line.Open!.IPEndPoint}"));

    public Uri HttpAddress => new($"http://{Real("http")}");

    public Uri? HttpsAddress => _certificate is null ? null : new($"https://{Real("https")}");

    public IPEndPoint Hj212EndPoint => Real("hj212");

    /// <summary>Where the listener of <c>Hj212Listeners[index]</c> is.</summary>
    public IPEndPoint LineEndPoint(int index) => Real(LineName(index));

    private void AddLine(int index, Hj212Listener line)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Hj212Listeners[{index}]");
        var (rules, configure) = line.Read(name);
        _lines.Add(new(LineName(index), Parse(name + ".Address", line.Address), rules, configure));
    }

    private static IPEndPoint? ClusterAddress(ServerSettings settings)
    {
        if (settings.Cluster is null) return null;
        if (settings.Database is null) throw new WrongUseException("--cluster needs --db: nodes of one installation share a PostgreSQL");
        var address = Parse("--cluster", settings.Cluster);
        return address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any)
            ? throw new WrongUseException($"--cluster {settings.Cluster}: name the address at which the other nodes reach this one")
            : address;
    }

    private static string LineName(int index) => string.Create(CultureInfo.InvariantCulture, $"hj212.{index}");

    private IPEndPoint Real(string name) => _lines.Single(line => line.Name == name).Open!.IPEndPoint!;

    private static IPEndPoint Parse(string option, string address)
    {
        var colon = address.LastIndexOf(':');
        var host = colon < 0 ? "" : address[..colon];
        if (host is "localhost") host = "127.0.0.1";
        if (host is "*" or "+") host = "0.0.0.0";
        return colon > 0
            && IPAddress.TryParse(host, out var ip)
            && ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? new IPEndPoint(ip, port)
                : throw new WrongUseException($"{option} '{address}': expected HOST:PORT with an IP address, such as 127.0.0.1:8080");
    }

    private sealed class Line(string name, IPEndPoint endPoint, LineRules? rules, Action<ListenOptions> configure)
    {
        public string Name => name;

        public IPEndPoint EndPoint { get; set; } = endPoint;

        /// <value>Of a line for loggers; null for HTTP.</value>
        public LineRules? Rules => rules;

        public Action<ListenOptions> Configure => configure;

        public ListenOptions? Open { get; set; }
    }
}
