using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StationRetirement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "HasData",
                table: "station",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "ImportId",
                table: "station",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReinstatedAt",
                table: "station",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RetiredAt",
                table: "station",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RetiredBecause",
                table: "station",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "station_import",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    FiledBy = table.Column<string>(type: "TEXT", nullable: false),
                    FiledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneBecause = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_station_import", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_station_mn_Mn_Until",
                table: "station_mn",
                columns: new[] { "Mn", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_station_mn_StationNo_Until",
                table: "station_mn",
                columns: new[] { "StationNo", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_station_ImportId",
                table: "station",
                column: "ImportId",
                filter: "\"ImportId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "station_import");

            migrationBuilder.DropIndex(
                name: "IX_station_mn_Mn_Until",
                table: "station_mn");

            migrationBuilder.DropIndex(
                name: "IX_station_mn_StationNo_Until",
                table: "station_mn");

            migrationBuilder.DropIndex(
                name: "IX_station_ImportId",
                table: "station");

            migrationBuilder.DropColumn(
                name: "HasData",
                table: "station");

            migrationBuilder.DropColumn(
                name: "ImportId",
                table: "station");

            migrationBuilder.DropColumn(
                name: "ReinstatedAt",
                table: "station");

            migrationBuilder.DropColumn(
                name: "RetiredAt",
                table: "station");

            migrationBuilder.DropColumn(
                name: "RetiredBecause",
                table: "station");
        }
    }
}
