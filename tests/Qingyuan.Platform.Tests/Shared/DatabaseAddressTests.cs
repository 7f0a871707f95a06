using Npgsql;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Shared;

public class DatabaseAddressTests
{
    [Theory]
    [InlineData("Host=db", null)]
    [InlineData("Host=a,b", "primary")]
    [InlineData("Host=a:5432,b:5433", "primary")]
    [InlineData("Host=a,b;Target Session Attributes=any", "any")]
    public void Of_several_hosts_the_primary_is_meant_unless_something_else_is_said(string said, string? wanted) =>
        Assert.Equal(wanted, new NpgsqlConnectionStringBuilder(DatabaseAddress.Primary(said)).TargetSessionAttributes);

    [Theory]
    [InlineData("Host=a:5431, b;Port=5433", "a 5431", "b 5433")]
    [InlineData("Host=/var/run/postgresql", "/var/run/postgresql 5432")]
    [InlineData("Host=::1", "::1 5432")]
    [InlineData("Host=[::1]:77", "[::1] 77")]
    public void Each_host_has_its_port(string said, params string[] hosts) =>
        Assert.Equal(hosts, DatabaseAddress.Hosts(new(said)).Select(each => $"{each.Host} {each.Port}"));

    [Theory]
    [InlineData("gx-hbt-01", "gx-hbt-01 4711")]
    [InlineData("monitoring-centre-of-the-province-of-guangxi-room-2-rack-7", "monitoring-centre-of-the-province-of-guangx 4711")]
    public void A_node_has_a_name_that_a_session_holds_whole(string machine, string expected)
    {
        var name = DatabaseAddress.NodeName(machine, 4711);

        Assert.Equal(expected, name);
        Assert.InRange($"{DatabaseAddress.NodeSession} {name}".Length, 1, 63);
    }
}
