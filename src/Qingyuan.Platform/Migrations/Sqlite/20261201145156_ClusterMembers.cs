using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ClusterMembers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Session",
                table: "serving_node",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Silo",
                table: "serving_node",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Session",
                table: "serving_node");

            migrationBuilder.DropColumn(
                name: "Silo",
                table: "serving_node");
        }
    }
}
