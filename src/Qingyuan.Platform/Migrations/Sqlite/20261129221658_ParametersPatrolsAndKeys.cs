using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ParametersPatrolsAndKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Network",
                table: "station",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "Unstated");

            migrationBuilder.CreateTable(
                name: "filed_parameter",
                columns: table => new
                {
                    StationNo = table.Column<int>(type: "INTEGER", nullable: false),
                    Factor = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    FiledBy = table.Column<string>(type: "TEXT", nullable: false),
                    FiledAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_filed_parameter", x => new { x.StationNo, x.Factor, x.Code });
                });

            migrationBuilder.CreateTable(
                name: "remote_patrol",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StationNo = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Commands = table.Column<string>(type: "TEXT", nullable: false),
                    Items = table.Column<string>(type: "TEXT", nullable: false),
                    LedgerEntryId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remote_patrol", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "remote_patrol_plan",
                columns: table => new
                {
                    StationNo = table.Column<int>(type: "INTEGER", nullable: false),
                    DailyAt = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    SetBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remote_patrol_plan", x => x.StationNo);
                });

            migrationBuilder.CreateTable(
                name: "station_key",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StationNo = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_station_key", x => x.Id);
                    table.ForeignKey(
                        name: "FK_station_key_station_StationNo",
                        column: x => x.StationNo,
                        principalTable: "station",
                        principalColumn: "StationNo",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_remote_patrol_StationNo_Id",
                table: "remote_patrol",
                columns: new[] { "StationNo", "Id" });

            migrationBuilder.CreateIndex(
                name: "ux_remote_patrol_open",
                table: "remote_patrol",
                column: "StationNo",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_station_key_StationNo",
                table: "station_key",
                column: "StationNo");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "filed_parameter");

            migrationBuilder.DropTable(
                name: "remote_patrol");

            migrationBuilder.DropTable(
                name: "remote_patrol_plan");

            migrationBuilder.DropTable(
                name: "station_key");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "station");
        }
    }
}
