using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Qingyuan.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DataImport : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "data_import",
                columns: table => new
                {
                    No = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    FileName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    LiveKey = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Rows = table.Column<int>(type: "integer", nullable: false),
                    Good = table.Column<int>(type: "integer", nullable: false),
                    Wrong = table.Column<int>(type: "integer", nullable: false),
                    Repeated = table.Column<int>(type: "integer", nullable: false),
                    Contradicting = table.Column<int>(type: "integer", nullable: false),
                    Ignored = table.Column<string>(type: "text", nullable: false),
                    Preview = table.Column<string>(type: "text", nullable: false),
                    By = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ConfirmedBy = table.Column<string>(type: "text", nullable: true),
                    ConfirmedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<string>(type: "text", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_import", x => x.No);
                });

            migrationBuilder.CreateTable(
                name: "data_import_file",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_import_file", x => x.Sha256);
                });

            migrationBuilder.CreateTable(
                name: "data_import_note",
                columns: table => new
                {
                    ImportNo = table.Column<long>(type: "bigint", nullable: false),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    Column = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Remark = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Args = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_import_note", x => new { x.ImportNo, x.Seq });
                });

            migrationBuilder.CreateTable(
                name: "imported_value",
                columns: table => new
                {
                    ImportNo = table.Column<long>(type: "bigint", nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    Period = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Flag = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    StationNo = table.Column<int>(type: "integer", nullable: false),
                    Factor = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    Value = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Unit = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imported_value", x => new { x.ImportNo, x.Row });
                });

            migrationBuilder.CreateTable(
                name: "laboratory_result",
                columns: table => new
                {
                    ImportNo = table.Column<long>(type: "bigint", nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    Method = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Laboratory = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    SampleNumber = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Remark = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    StationNo = table.Column<int>(type: "integer", nullable: false),
                    Factor = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    Value = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Unit = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_laboratory_result", x => new { x.ImportNo, x.Row });
                });

            migrationBuilder.CreateIndex(
                name: "IX_data_import_Id",
                table: "data_import",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_data_import_LiveKey",
                table: "data_import",
                column: "LiveKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_imported_value_StationNo_Factor_At",
                table: "imported_value",
                columns: new[] { "StationNo", "Factor", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_laboratory_result_StationNo_Factor_At",
                table: "laboratory_result",
                columns: new[] { "StationNo", "Factor", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "data_import");

            migrationBuilder.DropTable(
                name: "data_import_file");

            migrationBuilder.DropTable(
                name: "data_import_note");

            migrationBuilder.DropTable(
                name: "imported_value");

            migrationBuilder.DropTable(
                name: "laboratory_result");
        }
    }
}
