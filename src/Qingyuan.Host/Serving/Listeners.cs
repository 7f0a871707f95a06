using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
    /// <summary>Name of the line that sensors speak MQTT on.</summary>
    public const string Sensors = "mqtt";

    private readonly List<Line> _lines = [];
    private readonly ServerCertificate? _certificate;
    private readonly IPEndPoint? _cluster;

    /// <exception cref="WrongUseException">An address that cannot be read, plain HTTP beyond loopback, or TLS without a certificate.</exception>
    public Listeners(ServerSettings settings)
    {
        var http = Parse("--http", settings.Http);
        if (!IPAddress.IsLoopback(http.Address) && !settings.Insecure)
            throw new WrongUseException($"plain HTTP on {settings.Http} would carry passwords readably; use --https HOST:PORT --cert FILE, bind to 127.0.0.1, or say --insecure");
        _lines.Add(new("http", "--http", http, null, _ => { }));
        _lines.Add(new("hj212", "--hj212", Parse("--hj212", settings.Hj212), LineRules.Open, _ => { }));
        if (settings.Https is not null)
        {
            _certificate = ServerCertificate.Load(settings.Certificate ?? throw new WrongUseException("--https needs --cert FILE"), settings.CertificatePassword);
            _lines.Add(new("https", "--https", Parse("--https", settings.Https), null, listen => listen.UseHttps(_certificate.Apply)));
        }

        for (var i = 0; i < settings.Hj212Listeners.Count; i++) AddLine(i, settings.Hj212Listeners[i]);
        if (settings.Ingest.Mqtt is { Length: > 0 } mqtt) AddSensors(mqtt, settings.Ingest.MqttCertificate);
        _cluster = ClusterAddress(settings);
        if (_cluster is not null) Member = new(_cluster.Address, settings.MemberPort);
    }

    /// <summary>Where the silos of the other nodes reach that of this one; null when this installation has none.</summary>
    public IPEndPoint? Member { get; }

    /// <summary>By what the nodes know each other. Must be there before the first of them calls.</summary>
    public NodeIdentity? Identity { get; set; }

    /// <summary>Where the other nodes bring what comes to them; null when this installation has none.</summary>
    public RelayedListener? Relayed { get; private set; }

    /// <summary>Takes each address for a moment: whoever cannot have one learns it before anything was begun.</summary>
    /// <exception cref="IOException">Another program has it, or this machine does not.</exception>
    /// <exception cref="WrongUseException">Two lines at one address.</exception>
    public void RequireFree()
    {
        var wanted = _lines.Select(line => (line.Option, line.EndPoint)).Concat(_cluster is null ? [] : [("--cluster", _cluster), ("MemberPort", Member!)]);
        var taken = new Dictionary<IPEndPoint, string>();
        foreach (var (option, address) in wanted.Where(each => each.EndPoint.Port is not 0))
        {
            if (!taken.TryAdd(address, option)) throw new WrongUseException($"{option} {address}: {taken[address]} is there already");
            Try(option, address);
        }
    }

    /// <summary>Opens them for the platform itself.</summary>
    public void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        foreach (var line in _lines)
        {
            if (line.Rules is { } rules) kestrel.ListenHj212(line.EndPoint, rules, listen => line.Configure(line.Open = listen));
            else kestrel.Listen(line.EndPoint, listen => Open(line, listen));
        }

        if (_cluster is null) return;
        Relayed = new(_cluster, () => Identity ?? throw new InvalidOperationException("A node with others has an identity before it listens."));
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
    public string Addresses() => string.Join(' ', _lines.Select(line => $"{line.Name}={(line.IsHttp ? line.Name + "://" : "")}{line.Open!.IPEndPoint}"));

    public Uri HttpAddress => new($"http://{Real("http")}");

    public Uri? HttpsAddress => _certificate is null ? null : new($"https://{Real("https")}");

    public IPEndPoint Hj212EndPoint => Real("hj212");

    public IPEndPoint SensorsEndPoint => Real(Sensors);

    /// <summary>Where the listener of <c>Hj212Listeners[index]</c> is.</summary>
    public IPEndPoint LineEndPoint(int index) => Real(LineName(index));

    // Bound and not listened at: nobody's call is taken.
    private static void Try(string option, IPEndPoint address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true; // as Kestrel opens it
            socket.Bind(address);
        }
        catch (SocketException error)
        {
            throw new IOException($"{option} {address}: {(error.SocketErrorCode is SocketError.AddressAlreadyInUse ? "in use by another program" : $"cannot be opened: {error.Message}")}", error);
        }
    }

    private static void Open(Line line, ListenOptions listen)
    {
        line.Configure(line.Open = listen);
        if (line.Name is not Sensors) return;
        var sensors = listen.ApplicationServices.SensorLine();
        listen.Run(connection => sensors(connection));
    }

    private void AddSensors(string address, string? certificate)
    {
        var own = certificate is { Length: > 0 } ? ServerCertificate.Load(certificate, null, "Ingest:MqttCertificate") : null;
        _lines.Add(new(Sensors, "Ingest:Mqtt", Parse("Ingest:Mqtt", address), null, listen =>
        {
            if (own is not null) listen.UseHttps(own.Apply);
        }));
    }

    private void AddLine(int index, Hj212Listener line)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Hj212Listeners[{index}]");
        var (rules, configure) = line.Read(name);
        _lines.Add(new(LineName(index), name + ".Address", Parse(name + ".Address", line.Address), rules, configure));
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

    private sealed class Line(string name, string option, IPEndPoint endPoint, LineRules? rules, Action<ListenOptions> configure)
    {
        public string Name => name;

        /// <value>Option or setting that says where.</value>
        public string Option => option;

        public IPEndPoint EndPoint { get; set; } = endPoint;

        /// <value>Of a line for loggers; null for others.</value>
        public LineRules? Rules => rules;

        public bool IsHttp => name is "http" or "https";

        public Action<ListenOptions> Configure => configure;

        public ListenOptions? Open { get; set; }
    }
}
