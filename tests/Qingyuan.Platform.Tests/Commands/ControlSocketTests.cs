using Qingyuan.Host.Control;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Tests.Commands;

public class ControlSocketTests
{
    [Fact]
    public async Task A_platform_that_is_ready_can_be_asked_at_once()
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-control-").FullName;
        await using var server = await Server.StartAsync(new Dictionary<string, string?> { ["Data"] = data, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" });

        // Connects without waiting: the socket listens by now or this throws.
        using var caller = ControlSocket.New();
        caller.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(ControlSocket.PathOf(new DataDirectory(data))));
    }
}
