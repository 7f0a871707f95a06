using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BackfillAndAuthorisations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AuthorisationId",
                table: "remote_command",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Cause",
                table: "remote_command",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "data_gap",
                columns: table => new
                {
                    StationNo = table.Column<int>(type: "INTEGER", nullable: false),
                    Resolution = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Start = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Why = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    FoundAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    CommandId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_gap", x => new { x.StationNo, x.Resolution, x.Start });
                });

            migrationBuilder.CreateTable(
                name: "data_looked_through",
                columns: table => new
                {
                    StationNo = table.Column<int>(type: "INTEGER", nullable: false),
                    Resolution = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Through = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_looked_through", x => new { x.StationNo, x.Resolution });
                });

            migrationBuilder.CreateTable(
                name: "remote_authorisation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StationNo = table.Column<int>(type: "INTEGER", nullable: false),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Operation = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Parameters = table.Column<string>(type: "TEXT", nullable: false),
                    TimesPerDay = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    To = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    ValidFrom = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ValidTo = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DailyAt = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    GivenBy = table.Column<string>(type: "TEXT", nullable: false),
                    GivenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RevokedBy = table.Column<string>(type: "TEXT", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remote_authorisation", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "ux_remote_command_cause",
                table: "remote_command",
                columns: new[] { "StationNo", "Cause" },
                unique: true,
                filter: "\"Cause\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_data_gap_FoundAt",
                table: "data_gap",
                column: "FoundAt");

            migrationBuilder.CreateIndex(
                name: "IX_data_gap_StationNo_State",
                table: "data_gap",
                columns: new[] { "StationNo", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_remote_authorisation_StationNo",
                table: "remote_authorisation",
                column: "StationNo");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "data_gap");

            migrationBuilder.DropTable(
                name: "data_looked_through");

            migrationBuilder.DropTable(
                name: "remote_authorisation");

            migrationBuilder.DropIndex(
                name: "ux_remote_command_cause",
                table: "remote_command");

            migrationBuilder.DropColumn(
                name: "AuthorisationId",
                table: "remote_command");

            migrationBuilder.DropColumn(
                name: "Cause",
                table: "remote_command");
        }
    }
}
