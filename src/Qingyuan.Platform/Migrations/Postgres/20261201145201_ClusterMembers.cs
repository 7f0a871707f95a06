using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ClusterMembers : Migration
    {
        // The package of the library brings neither tables nor statements: it reads the statements from orleansquery, by names and parameters that are fixed there, and knows no table but that.
        private const string Tables = """
            CREATE TABLE cluster_version (cluster text PRIMARY KEY, version integer NOT NULL);
            CREATE TABLE cluster_member (
                cluster text NOT NULL REFERENCES cluster_version,
                address text NOT NULL,
                port integer NOT NULL,
                generation integer NOT NULL,
                name text NOT NULL,
                host text NOT NULL,
                status integer NOT NULL,
                gateway integer NOT NULL,
                suspected_by text,
                since timestamptz NOT NULL,
                alive_at timestamptz NOT NULL,
                PRIMARY KEY (cluster, address, port, generation));
            CREATE TABLE orleansquery (querykey text PRIMARY KEY, querytext text NOT NULL);
            """;

        private const string Row = "cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

        // Every change of a member is one of the version too, and happens only over the version it was thought of: two that change at once cannot both.
        private const string Turned = "turned AS (UPDATE cluster_version SET version = version + 1 WHERE cluster = @DeploymentId AND version = @Version RETURNING 1)";

        private const string Columns = """
            v.version AS "Version", m.address AS "Address", m.port AS "Port", m.generation AS "Generation", m.name AS "SiloName", m.host AS "HostName",
            m.status AS "Status", m.gateway AS "ProxyPort", m.suspected_by AS "SuspectTimes", m.since AS "StartTime", m.alive_at AS "IAmAliveTime"
            """;

        private static readonly (string Key, string Text)[] Statements =
        [
            ("InsertMembershipVersionKey", "WITH added AS (INSERT INTO cluster_version (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1) SELECT count(*) FROM added"),
            ("InsertMembershipKey", $"""
                WITH {Turned}, added AS (
                    INSERT INTO cluster_member (cluster, address, port, generation, name, host, status, gateway, since, alive_at)
                    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turned
                    ON CONFLICT DO NOTHING RETURNING 1)
                SELECT count(*) FROM added
                """),
            ("UpdateMembershipKey", $"""
                WITH {Turned}, changed AS (
                    UPDATE cluster_member SET status = @Status, suspected_by = @SuspectTimes, alive_at = @IAmAliveTime WHERE {Row} AND EXISTS (SELECT 1 FROM turned) RETURNING 1)
                SELECT count(*) FROM changed
                """),
            ("UpdateIAmAlivetimeKey", $"UPDATE cluster_member SET alive_at = @IAmAliveTime WHERE {Row}"),
            ("MembershipReadRowKey", $"""
                SELECT {Columns} FROM cluster_version v
                LEFT JOIN cluster_member m ON m.cluster = v.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation WHERE v.cluster = @DeploymentId
                """),
            ("MembershipReadAllKey", $"SELECT {Columns} FROM cluster_version v LEFT JOIN cluster_member m ON m.cluster = v.cluster WHERE v.cluster = @DeploymentId"),
            ("GatewaysQueryKey", """
                SELECT address AS "Address", gateway AS "ProxyPort", generation AS "Generation" FROM cluster_member WHERE cluster = @DeploymentId AND status = @Status AND gateway > 0
                """),
            ("DeleteMembershipTableEntriesKey", "WITH left_over AS (DELETE FROM cluster_member WHERE cluster = @DeploymentId) DELETE FROM cluster_version WHERE cluster = @DeploymentId"),
            ("CleanupDefunctSiloEntriesKey", "DELETE FROM cluster_member WHERE cluster = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime"),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Session",
                table: "serving_node",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Silo",
                table: "serving_node",
                type: "text",
                nullable: true);
            migrationBuilder.Sql(Tables);
            foreach (var (key, text) in Statements) migrationBuilder.Sql($"INSERT INTO orleansquery VALUES ('{key}', $statement${text}$statement$)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE orleansquery; DROP TABLE cluster_member; DROP TABLE cluster_version");
            migrationBuilder.DropColumn(
                name: "Session",
                table: "serving_node");

            migrationBuilder.DropColumn(
                name: "Silo",
                table: "serving_node");
        }
    }
}
